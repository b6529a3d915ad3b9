//! Exact-size allocations for data that lives as long as the program.

/// A vector whose allocation is no larger than its contents.
///
/// `Vec::shrink_to_fit` leaves the decision to the allocator, and mimalloc does not move a vector that fills
/// half of its block: a large dossier took a tenth more memory.
pub(crate) fn shrunk<T>(vec: Vec<T>) -> Vec<T> {
    if vec.len() == vec.capacity() {
        return vec;
    }
    let mut shrunk = Vec::with_capacity(vec.len());
    shrunk.extend(vec);
    shrunk
}
