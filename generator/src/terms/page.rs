//! Words about pages and their transcripts.

use super::define::terms;

terms! {
    /// What a doubt is about. The doubt's `at`, a dot and this word are the path of the fix that settles the doubt.
    pub enum About {
        /// `nesting`: which object the field belongs to.
        Nesting = "nesting",
        /// `required`: whether the field must be sent.
        Required = "required",
        /// `type`: the field's type, including whether it is a list.
        Type = "type",
        /// `name`: the name of the field or of the API.
        Name = "name",
        /// `example`: which text is the example.
        Example = "example",
        /// `description`: which text is the description.
        Description = "description",
        /// `default`: which text is the default.
        Default = "default",
        /// `error`: how a row of the error table splits into code, message and solution.
        Error = "error",
        /// `session`: whether the call needs a session.
        Session = "session",
        /// `sample`: a whole sample.
        Sample = "sample",
        /// `method`: the HTTP method.
        Method = "method",
        /// `path`: the path below the base URL.
        Path = "path",
        /// `status`: what a status means.
        Status = "status",
        /// `in`: where the field is sent.
        In = "in",
        /// `body`: the form of the body.
        Body = "body",
        /// `end`: whether the page ends where its text ends, so that nothing is missing behind it.
        End = "end",
    }

    /// Why a fact is in doubt.
    pub enum Note {
        /// `column-empty`: the column with the fact is empty, or missing from the page.
        ColumnEmpty = "column-empty",
        /// `cell-lost`: the row has fewer cells than its table, and it is unclear which cell is missing.
        CellLost = "cell-lost",
        /// `cells-merged`: two cells run into one, and it is unclear where to split them.
        CellsMerged = "cells-merged",
        /// `label-missing`: the page lacks the label with the fact.
        LabelMissing = "label-missing",
        /// `sample-missing`: the page has no sample that would settle the fact, or the sample ends too early.
        SampleMissing = "sample-missing",
        /// `sample-disagrees`: the table and the sample contradict each other.
        SampleDisagrees = "sample-disagrees",
        /// `sample-only`: the fact appears in a sample, and the table has no row for it.
        SampleOnly = "sample-only",
        /// `table-only`: the fact appears in the table, and the sample leaves it out.
        TableOnly = "table-only",
        /// `ambiguous`: the page can be read in more than one way.
        Ambiguous = "ambiguous",
        /// `repeated`: the page has the fact twice, with different values.
        Repeated = "repeated",
        /// `repaired`: the page's text was repaired before it could be read.
        Repaired = "repaired",
        /// `derived`: the fact is not on the page and was derived from something that is.
        Derived = "derived",
        /// `page-cut`: the page ends early, or has lost the part with the fact.
        PageCut = "page-cut",
    }
}

impl Note {
    /// Returns the reason as the end of a sentence: "… is in doubt: `reason`".
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::ColumnEmpty => "its column is empty or missing from the page",
            Self::CellLost => "the row has lost a cell, and the page does not show which one",
            Self::CellsMerged => "two cells have run together, and the page does not show where to split them",
            Self::LabelMissing => "the page lacks the label for it",
            Self::SampleMissing => "no sample on the page settles it",
            Self::SampleDisagrees => "the table and the sample disagree",
            Self::SampleOnly => "it appears only in a sample",
            Self::TableOnly => "it appears in the table, but not in the sample",
            Self::Ambiguous => "the page can be read in more than one way",
            Self::Repeated => "the page gives it twice, with different values",
            Self::Repaired => "the page's text was repaired before it could be read",
            Self::Derived => "it is not on the page and was derived from something that is",
            Self::PageCut => "the page has lost the part that contains it",
        }
    }
}
