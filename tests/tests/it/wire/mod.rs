//! What differs between platforms on the wire: the golden case `wire` has one platform per style.

mod envelopes;
mod requests;
