"""DeepFashion Category and Attribute Prediction (Liu et al., CVPR 2016), read from the files as they are published."""
