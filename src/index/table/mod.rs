//! Facts and articles as tables: rows, groups, timelines, and the pages of documents and people.

pub(crate) mod cells;
pub(crate) mod columns;
pub(crate) mod documents;
pub(crate) mod groups;
pub(crate) mod identity;
pub(crate) mod people;
pub(crate) mod period;
pub(crate) mod sweep;
pub(crate) mod timeline;
