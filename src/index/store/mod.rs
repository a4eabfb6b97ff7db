//! What an index keeps, and how it is written: rows and terms, copies, the directory, looking whether all is whole.

pub(crate) mod adapter;
pub(crate) mod copies;
pub(crate) mod directory;
pub(crate) mod places;
pub(crate) mod repair;
pub(crate) mod schema;
pub(crate) mod tokenizer;
pub(crate) mod writer;
