"""The papers of a batch: plan -> pages (pure) -> one workbook a batch.

Must not load pandas: ``returnplan manifest`` starts fast. Reads no store and asks no gazetteer.
"""

from returnplan.papers.manifest.content import next_handouts
from returnplan.papers.manifest.next_versions import write_next_versions
from returnplan.papers.manifest.write import put_away, write_manifests
from returnplan.papers.settings import Columns, ManifestSettings, Packs

__all__ = [
    "Columns",
    "ManifestSettings",
    "Packs",
    "next_handouts",
    "put_away",
    "write_manifests",
    "write_next_versions",
]
