//! How lists grow while they are filled from an answer.

/// Appends `item`. A full list grows by half: doubling would leave up to half of a large list unused.
pub fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(additional(list.len()));
    }
    list.push(item);
}

/// Returns how many bytes [`push`] will allocate for the next item.
pub fn growth<T>(list: &Vec<T>) -> usize {
    if list.len() < list.capacity() { 0 } else { additional(list.len()).saturating_mul(size_of::<T>()) }
}

fn additional(length: usize) -> usize {
    length / 2 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_what_the_next_item_allocates() {
        let mut list = Vec::new();
        for item in 0..1_000_u64 {
            let before = list.capacity();
            let growth = growth(&list);
            push(&mut list, item);
            assert_eq!((list.capacity() - before) * size_of::<u64>(), growth);
            assert!(list.capacity() <= list.len() + list.len() / 2 + 1);
        }
    }
}
