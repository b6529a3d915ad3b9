//! Groups points that lie near each other, so that a map of very many of them shows few.

use std::collections::BTreeMap;

use super::LonLat;

/// How many columns and rows the area of the points is divided into.
const SIDE: usize = 7;

/// Groups points by the cells of a grid over all of them, so that about `most` groups are left, and never more than
/// that or one for each cell. The points of the emptiest cells stay alone, as far as there is room. Points that are all
/// in one spot are one group. Groups are in the order of their first points, and so are the points in them.
pub(crate) fn groups(points: &[LonLat], most: usize) -> Vec<Vec<usize>> {
    if points.len() <= most {
        return (0..points.len()).map(|at| vec![at]).collect();
    }
    let ends = [0, 1].map(|axis| {
        let along = points.iter().map(|point| point[axis]);
        along.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)))
    });
    let cell = |point: &LonLat| {
        [0, 1].map(|axis| {
            let (low, high) = ends[axis];
            // Where all are the same, that is no number, which is 0 as an integer.
            let part = (point[axis] - low) / (high - low);
            ((part * SIDE as f64) as usize).min(SIDE - 1)
        })
    };
    let mut cells: BTreeMap<[usize; 2], Vec<usize>> = BTreeMap::new();
    for (at, point) in points.iter().enumerate() {
        cells.entry(cell(point)).or_default().push(at);
    }
    let mut emptiest_first: Vec<Vec<usize>> = cells.into_values().collect();
    emptiest_first.sort_by_key(|group| (group.len(), group[0]));
    let mut count = emptiest_first.len();
    let mut groups = Vec::new();
    for group in emptiest_first {
        let more = group.len() - 1;
        match count + more <= most {
            true => {
                count += more;
                groups.extend(group.into_iter().map(|at| vec![at]));
            }
            false => groups.push(group),
        }
    }
    groups.sort_by_key(|group| group[0]);
    groups
}

/// Which of these points is nearest to the middle of all of them.
pub(crate) fn middle(points: &[LonLat]) -> usize {
    let count = points.len() as f64;
    let [lon, lat] = [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f64>() / count);
    let far = |point: &LonLat| {
        let [east, north] = [point[0] - lon, point[1] - lat];
        east * east + north * north
    };
    let nearest = points.iter().enumerate().min_by(|(_, a), (_, b)| far(a).total_cmp(&far(b)));
    nearest.map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn few_points_stay_alone_and_one_spot_is_one_group() {
        assert_eq!(groups(&[[1.0, 2.0], [1.0, 2.0]], 2), [[0], [1]]);
        assert_eq!(groups(&[[1.0, 2.0]; 3], 2), [[0, 1, 2]]);
        assert_eq!(groups(&[], 0), [[0; 0]; 0]);
    }

    #[test]
    fn the_middle_is_a_point_among_the_others() {
        assert_eq!(middle(&[[0.0, 0.0], [4.0, 1.0], [10.0, 0.0]]), 1);
        assert_eq!(middle(&[[7.0, 7.0]; 4]), 0);
    }

    proptest! {
        #[test]
        fn each_point_is_in_one_group_and_the_groups_are_few(
            points in prop::collection::vec([-180.0..180.0f64, -90.0..90.0f64], 0..400),
            most in 0..120usize,
        ) {
            let groups = groups(&points, most);
            let mut all: Vec<usize> = groups.iter().flatten().copied().collect();
            all.sort_unstable();
            prop_assert!(all.into_iter().eq(0..points.len()));
            prop_assert!(groups.len() <= most.max(SIDE * SIDE));
            // What is divided again and again gets smaller, so that ends.
            prop_assert!(points.len() <= most || groups.iter().all(|group| group.len() < points.len()) || points.len() < 2);
            prop_assert!(groups.is_sorted_by_key(|group| group[0]));
        }
    }
}
