//! The examples below each `--help`, and usage lines of commands whose arguments are required unless `--schema` is given.

pub(super) const APOGRAPH: &str = "\
Exit status:
  0  success
  1  findings: errors in specs or pages, files that --check finds out of date, or changes at or above the level of --fail-on
  2  wrong usage, or a file that cannot be read or written

Examples:
  apograph init                          create a specs folder
  apograph transcribe pages/             write specs from doc pages
  apograph lint                          check the specs
  apograph generate                      write the crate
  apograph diff git:v1.2 git:main        review what changed, and who breaks
  apograph mock                          serve the APIs of the specs, for tests of clients
  apograph explain E0301                 learn what a diagnostic means";

pub(super) const INIT: &str = "\
Existing files are kept.

Examples:
  apograph init                          create specs/ with all platforms that come with apograph
  apograph init --platform top,nio";

pub(super) const TRANSCRIBE_USAGE: &str =
    "apograph transcribe [OPTIONS] <PAGE>...\n       apograph transcribe --schema";

pub(super) const TRANSCRIBE: &str = "\
Examples:
  apograph transcribe pages/
  apograph transcribe pages/ --assign-families         declare new families in platform.yaml
  apograph transcribe page.html --family depot --source-url https://example.com/api/1
  pbpaste | apograph transcribe -        read a page from the clipboard
  apograph transcribe pages/ --check     fail if a spec differs from its page
  apograph transcribe catalogue/ --check --complete    also name specs that have no page
  apograph transcribe pages/ --dry-run --format json";

pub(super) const LIST: &str = "\
In a pattern, `*` matches any text, dots included, and `?` one character. The module is the one that callers use now, or
will use once the crate is generated.

Exit status:
  0  the APIs are listed
  1  specs with errors are left out
  2  wrong usage, a pattern that matches no API, or a file that cannot be read

Examples:
  apograph list
  apograph list 'acme.depot.*'
  apograph list '*.query' --format json";

pub(super) const SEARCH_USAGE: &str = "apograph search [OPTIONS] <WORD>...\n       apograph search --schema";

pub(super) const SEARCH: &str = "\
An API is found if each word occurs in one of its texts: its name, its title, its description, or the names and descriptions
of its fields. Letter case and the width of characters do not matter. Names come first, then titles, names of fields, and
descriptions; whole words come before parts of words.

Exit status:
  0  APIs were found
  1  no API contains all words, or specs with errors are left out
  2  wrong usage, or a file that cannot be read

Examples:
  apograph search refund
  apograph search 订单 查询
  apograph search buyer nick --limit 100
  apograph search refund --format json";

pub(super) const SHOW_USAGE: &str = "apograph show [OPTIONS] <API>...\n       apograph show --schema";

pub(super) const SHOW: &str = "\
Each field has its name and type on the page, and behind `as` and `→` those of the crate where they differ. Every field is an
`Option` of the type that is shown. Fields that only the lock still has are marked as removed.

Exit status:
  0  the APIs are shown
  1  specs of these APIs have errors, which are reported
  2  wrong usage, a pattern that matches no API, or a file that cannot be read

Examples:
  apograph show acme.depot.crate.send
  apograph show 'acme.depot.*' --format json";

pub(super) const GENERATE: &str = "\
Examples:
  apograph generate                      write generated/ and specs/api.lock
  apograph generate --check              fail if the crate is out of date
  apograph generate --embed-runtime      write a crate that depends on packages of crates.io only
  apograph generate --out /tmp/crate --standalone --runtime 0.1.0
  apograph generate --only 'acme.depot.*' --only acme.yard.gate.open --out ../app/acme --embed-runtime
  apograph generate --unlock acme.depot.crate.send";

pub(super) const LINT: &str = "\
Examples:
  apograph lint
  apograph lint --all                    list every finding
  apograph lint --deny-doubts            fail if a doubt is not settled by a fix
  apograph lint --format json > findings.json";

pub(super) const FIXES_USAGE: &str = "apograph fixes --suggest [OPTIONS] [SPEC]...\n       apograph fixes --schema";

pub(super) const FIXES: &str = "\
The entries are for people to review: copy those that are right to the fix file in the comment above them.

Exit status:
  0  the specs were read, whether or not there is something to suggest
  1  the specs have errors, and nothing is suggested for the files with errors
  2  wrong usage, or a file that cannot be read

Examples:
  apograph fixes --suggest
  apograph fixes --suggest specs/acme/depot/crate_send.yaml
  apograph fixes --suggest specs/acme/depot --format json";

pub(super) const FMT: &str = "\
Examples:
  apograph fmt
  apograph fmt --check                   fail if a transcript is not in canonical form";

pub(super) const DIFF: &str = "\
Exit status:
  0  the revisions were compared
  1  a finding reaches the level of --fail-on, or an approval has expired or matches no change
  2  something could not be compared: the errors are named, and the report is about everything else; or --set-version
     could not set the version

Examples:
  apograph diff                          compare HEAD with the working tree
  apograph diff HEAD~3
  apograph diff v1.2..main --fail-on major
  apograph diff old-specs/ specs/ --format html > diff.html
  apograph diff git:HEAD~1:specs/acme/depot/crate_send.yaml specs/acme/depot/crate_send.yaml
  apograph diff git:v1.2 --summary en    draft a release note
  apograph diff git:v1.2 --set-version   raise the version in crate.yaml as the changes require";

pub(super) const REFRESH: &str = "\
Each page is requested at its address in the spec (`source.page`), one at a time. A page that the server reports as not
modified since the last run is read from the folder of pages. A page that is not available, or is not a page of its API, is a
finding; the page of an earlier run is then kept.

Exit status:
  0  all pages were read
  1  a page is not available, or a change reaches the level of --fail-on
  2  wrong usage, a file that cannot be read or written, or specs that could not be compared

Examples:
  apograph refresh                       report what changed on the vendors' pages
  apograph refresh 'acme.depot.*' --pause 10
  apograph refresh --write --format markdown > comment.md
  apograph refresh --fail-on must-upgrade";

pub(super) const APPROVE: &str = "\
Each change that passes the filters gets one entry. Values of the same option are alternatives; different options must all match.
Changes that are already approved are left out, and the rest of approvals.yaml stays as it is, comments included.

Exit status:
  0  the entries were written, or every matching change is already approved
  1  the entries were written, but an entry that was already in approvals.yaml has expired or matches no change
  2  a filter matches no change, the entries cannot be added, or the revisions could not be compared; nothing was written

Examples:
  apograph approve --api 'acme.depot.*' --cause vendor --reason ticket-512 --who A.Reviewer --until 2026-12-31 --dry-run
  apograph approve git:v1.2 --kind 'req-*' --level warning --cause policy --reason ticket-512 --who A.Reviewer --until 2026-12-31
  apograph approve --fingerprint 309b21cde1629b2a --cause vendor --reason ticket-512 --who A.Reviewer --until 2026-12-31";

pub(super) const SIGN: &str = "\
Credentials:
  Each is a variable of the environment, or of the file that --credentials names: APOGRAPH_<PLATFORM>_<CREDENTIAL>, for example
  APOGRAPH_TOP_APP_KEY, APOGRAPH_TOP_APP_SECRET, APOGRAPH_TOP_SESSION, APOGRAPH_NIO_API_KEY and APOGRAPH_NIO_API_SECRET.
  The section `signing` of a platform's file lists its credentials. They are never arguments, which others can see.

Exit status:
  0  the request was signed
  1  the request is not as documented, the text of --against differs, or the specs have errors
  2  wrong usage, a missing credential, or a file that cannot be read

Examples:
  apograph sign --api acme.depot.crate.send --request body.json --credentials .env
  cat body.json | apograph sign --api acme.depot.crate.send --request - --timestamp 2026-01-02T03:04:05+08:00
  apograph sign --api acme.depot.crate.send --request body.json --against @signed-by-another-client.txt";

pub(super) const CALL: &str = "\
Credentials:
  As for `sign`: variables APOGRAPH_<PLATFORM>_<CREDENTIAL> of the environment, or of the file that --credentials names.

Exit status:
  0  the platform executed the call
  1  the request is not as documented, the platform refused it, or the specs have errors
  2  wrong usage, a missing credential, a file that cannot be read, or no answer that can be read

Examples:
  apograph call --api acme.depot.crate.send --request body.json --credentials .env
  apograph call --api acme.depot.crate.send --request body.json --environment sandbox --timeout 10 --retries 2";

pub(super) const MOCK: &str = "\
The server checks method, parameters, time, signature and session of each request, and the marks and limits of the API's page.
It answers with the page's sample, or with the error that the platform documents, and prints why. Set a client's base URL to the
one that is printed.

Exit status:
  1  the specs have errors
  2  wrong usage, a file that cannot be read, or an address that cannot be listened at

Examples:
  apograph mock
  apograph mock --address 127.0.0.1:4010 --credentials .env
  apograph mock --fail code=7,every=5 --fail status=503,rate=0.01 --latency 200ms..1s
  apograph mock --only 'acme.depot.*' --drop every=7 --truncate every=9 --seed 3";

pub(super) const EXPORT: &str = "\
OpenAPI: DIR/<platform>.openapi.json has all APIs, and DIR/<platform>/<family>/<api>.openapi.json one. On platforms with one address
for all APIs, the paths of the platform's document end with a fragment, such as /router/rest#method=acme.depot.crate.send, because
each operation needs a path of its own; clients never send fragments. Code generators read the document of an API better.

What OpenAPI has no words for is in extensions: `x-errors` and `x-statuses` are the tables of an API's page, `x-computed` states what
computes a field of the signature, `x-idempotent` that a call may be repeated, and `x-rust-type` is the request in the crate. How
requests are signed is explained in the description of each document.

JSON Schema: DIR/<platform>.schema.json has all types, <api>.request.schema.json is for the fields of a request as one object, as
`apograph sign --request` reads it, and <api>.answer.schema.json for an answer as it arrives.

Exit status:
  0  the documents were written, or are up to date
  1  the specs have errors, or --check found a difference
  2  wrong usage, a file that is in the way, or one that cannot be read or written

Examples:
  apograph export openapi --out openapi
  apograph export openapi 'acme.depot.*' --out openapi
  apograph export json-schema --out schemas --check";

pub(super) const EXPLAIN: &str = "\
Examples:
  apograph explain E0301
  apograph explain                       list all codes";

pub(super) const SCHEMA: &str = "\
Examples:
  apograph schema platform > platform.schema.json
  apograph schema transcript             for <leaf>.yaml; `fix` is for <leaf>.fix.yaml";

pub(super) const COMPLETIONS: &str = "\
Examples:
  apograph completions bash > ~/.local/share/bash-completion/completions/apograph
  apograph completions zsh > ~/.zfunc/_apograph
  apograph completions fish > ~/.config/fish/completions/apograph.fish";

pub(super) const MAN: &str = "\
Examples:
  apograph man | man -l -
  apograph man lint | man -l -
  apograph man --out ~/.local/share/man/man1";
