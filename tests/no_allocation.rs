//! Clean text costs no allocation.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use thoisu::normalize::{Normalized, normalize};

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(f: impl FnOnce()) -> usize {
    let before = COUNT.with(Cell::get);
    f();
    COUNT.with(Cell::get) - before
}

#[test]
fn clean_text_is_not_copied() {
    let clean = "Thủ tướng yêu cầu các bộ, ngành hoàn thành “quy hoạch” – quý III/2021 (đạt 12,5%).\r\n".repeat(500);
    let dirty = clean.replace("quý", "qúy");
    // The automaton is made on first use.
    assert_eq!(normalize(&clean), clean);

    assert_eq!(allocations(|| assert_eq!(normalize(&clean).len(), clean.len())), 0);
    let normalized = allocations(|| {
        let normalized = Normalized::new(&clean);
        assert!(normalized.is_unchanged());
        assert_eq!(normalized.original(6..9), 6..9);
    });
    assert_eq!(normalized, 0);
    assert!(allocations(|| assert_eq!(normalize(&dirty), clean)) > 0, "the count counts");
}
