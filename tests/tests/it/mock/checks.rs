//! What the mock server checks, and what its errors become in our client.
