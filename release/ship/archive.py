"""Archives with the same bytes for the same files: sorted, with one time and no owners.

Files are given as `{path: bytes}`; those named in `programs` may be run.
"""

import gzip
import io
import lzma
import tarfile
import time
import zipfile


def tar(files, epoch, programs=()):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mtime, entry.mode = len(files[path]), epoch, 0o755 if path in programs else 0o644
            archive.addfile(entry, io.BytesIO(files[path]))
    return packed.getvalue()


def tar_gz(files, epoch, programs=()):
    return gz(tar(files, epoch, programs), epoch)


def tar_xz(files, epoch, programs=()):
    return lzma.compress(tar(files, epoch, programs), preset=9 | lzma.PRESET_EXTREME)


def gz(held, epoch=0):
    return gzip.compress(held, 9, mtime=epoch)


def zipped(files, epoch, programs=(), last=()):
    """A ZIP archive; `last` names files that come at its end."""
    packed = io.BytesIO()
    # ZIP knows no time before 1980.
    moment = max(time.gmtime(epoch)[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files, key=lambda path: (path in last, path)):
            entry = zipfile.ZipInfo(path, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever this runs on
            entry.external_attr = (0o100755 if path in programs else 0o100644) << 16
            archive.writestr(entry, files[path])
    return packed.getvalue()
