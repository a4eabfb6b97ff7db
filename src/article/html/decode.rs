//! The bytes of a page as text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use crate::article::{legacy_text, not_decoded};
use crate::error::Error;
use crate::normalize::legacy;

/// How far into a page its `charset` is looked for, as in browsers.
const HEAD: usize = 1024;
/// So sure must be that bytes are UTF-8 with some damage, which a page that declares nothing else may have.
const DAMAGED: f64 = 0.95;

/// The page as text: as its byte order mark says, else as UTF-8 where all of it is, whatever it declares; else in the
/// encoding from before Unicode that its words tell, since old pages declare a wrong one or `x-user-defined`; else as it
/// declares. As in browsers, bytes that the declared encoding does not have become U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.into()),
        Err(error) => error,
    };
    if let Some(text) = legacy_text(bytes) {
        return Ok(text.into());
    }
    match declared(bytes) {
        Some(encoding) if encoding != UTF_8 => Ok(encoding.decode_without_bom_handling(bytes).0),
        _ => {
            let decoded = legacy::decode(bytes, None);
            let damaged = decoded.encoding == legacy::Encoding::Utf8 && decoded.confidence >= DAMAGED;
            if damaged { Ok(decoded.text) } else { Err(not_decoded("UTF-8", error.valid_up_to())) }
        }
    }
}

/// The encoding that the page declares: `<meta charset=…>` or `content="text/html; charset=…"`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const NAME: &[u8] = b"charset=";
    let head = &bytes[..bytes.len().min(HEAD)];
    let at = head.windows(NAME.len()).position(|window| window.eq_ignore_ascii_case(NAME))? + NAME.len();
    let value = head[at..].iter().skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    let label: Vec<u8> =
        value.copied().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')).collect();
    Encoding::for_label(&label)
}
