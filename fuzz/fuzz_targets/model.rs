//! Any bytes as a model: refused, or a model that segments a text like any other.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoisu::Segmenter;
use thoisu::segment::Model;

const WHOLE: &[u8] = include_bytes!("../../src/data/model.bin");
const TEXT: &str = "Ban Thường vụ Huyện ủy tổ chức hội nghị đối thoại với nhân dân.";

fuzz_target!(|bytes: &[u8]| {
    let mut model = Model::from_bytes(bytes);
    // Most of a model is weights: one that is whole is changed somewhere.
    if let (true, Some((place, change))) = (model.is_err(), bytes.split_first_chunk::<4>()) {
        let mut whole = WHOLE.to_vec();
        let at = u32::from_le_bytes(*place) as usize % whole.len();
        for (to, from) in whole[at..].iter_mut().zip(change) {
            *to = *from;
        }
        model = Model::from_bytes(&whole);
    }
    if let Ok(model) = model {
        let segmenter = Segmenter::builder().model(model).build();
        let words: Vec<_> = segmenter.words(TEXT).collect();
        assert!(words.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
});
