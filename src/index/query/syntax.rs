#![doc = include_str!("syntax.md")]
