"""The company of `liuzhuan demo`: forty invented people in Chinese and English."""
