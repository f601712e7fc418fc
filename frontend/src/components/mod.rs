//! Parts that know no word of IVS: they take values and closures.
