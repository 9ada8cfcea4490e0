"""The dataset, described by itself: how much it holds, its licence, its sources, and what built it."""

from g60kg.dataset.description import DatasetDescription, Part, Source, dataset_quads, describe_dataset

__all__ = ["DatasetDescription", "Part", "Source", "dataset_quads", "describe_dataset"]
