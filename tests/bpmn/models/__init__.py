"""BPMN files of other projects, below any folder: are they read, and do they run?"""
