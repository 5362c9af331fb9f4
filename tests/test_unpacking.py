"""Bodies are unpacked whole and within bounds, or not at all."""

import gzip
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.unpacking import Broken, TooLarge, unpack, zstd


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
TEXT = "Tỉnh Ninh Bình ".encode() * 5_000


@pytest.mark.parametrize("name", PACKERS)
@given(body=st.binary(max_size=3000))
def test_what_was_packed_is_unpacked(name: str, body: bytes) -> None:
    assert unpack(PACKERS[name](body), [name], 3000) == body


def test_raw_deflate_several_members_and_several_encodings() -> None:
    assert unpack(raw_deflate(TEXT), ["deflate"], 10**6) == TEXT
    assert unpack(gzip.compress(b"a") + gzip.compress(b"b"), ["gzip"], 10) == b"ab"
    assert unpack(gzip.compress(brotli.compress(TEXT)), ["br", " GZIP "], 10**6) == TEXT
    assert unpack(b"as it is", ["identity", ""], 100) == b"as it is"


def test_a_body_of_very_many_members_is_refused() -> None:
    member = gzip.compress(b"")
    assert unpack(member * 60 + gzip.compress(b"end"), ["gzip"], 10) == b"end"
    with pytest.raises(Broken, match="members"):
        unpack(member * 200_000, ["gzip"], 5_000_000)


@pytest.mark.parametrize("name", PACKERS)
def test_half_a_body_is_no_body(name: str) -> None:
    packed = PACKERS[name](TEXT)
    for cut in (1, len(packed) // 2, len(packed) - 3):
        with pytest.raises(Broken):
            unpack(packed[:cut], [name], 10**6)


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_is_not_unpacked(name: str) -> None:
    with pytest.raises(TooLarge):
        unpack(PACKERS[name](bytes(50_000_000)), [name], 5_000_000)


@pytest.mark.parametrize("name", [*PACKERS, "lzma"])
def test_what_is_not_what_it_claims_is_broken(name: str) -> None:
    with pytest.raises(Broken):
        unpack(b"<p>not packed at all</p>", [name], 10**6)
