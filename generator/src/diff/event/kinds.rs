//! What kinds of change have in common.

use crate::diff::Kind;

/// Returns whether every change of the kind means the same, whatever its values are.
pub(super) fn is_alike(kind: Kind) -> bool {
    is_order(kind) || matches!(kind, Kind::ApiAdded | Kind::ApiRemoved | Kind::DocRetrieved)
}

/// Returns whether only the order of names changed.
pub(in crate::diff) fn is_order(kind: Kind) -> bool {
    matches!(kind, Kind::OrderFieldsReq | Kind::OrderFieldsResp | Kind::OrderEnum | Kind::OrderTables)
}
