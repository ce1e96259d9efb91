using System.Globalization;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>
/// Cuts a stream into records. A record terminator cannot stand inside a record, neither in MARC-8 nor in UTF-8, so after any damage
/// the next record begins behind the next terminator. Holds one buffer, whatever the stream contains.
/// </summary>
internal sealed class Iso2709Frames(Stream stream)
{
    // Behind the longest record the next leader must still be visible.
    const int Window = Iso2709.MaxRecord + MarcRecord.LeaderLength;

    readonly byte[] _buffer = new byte[256 * 1024];
    int _start;
    int _end;
    long _offset;
    bool _isAtEnd;

    /// <summary>The next record or damage; null at the end of the stream. Every call moves forward.</summary>
    public async ValueTask<Iso2709Frame?> NextAsync(CancellationToken cancellation)
    {
        await FillAsync(cancellation);
        if (_offset == 0 && Rest.StartsWith(Iso2709.Utf8Mark))
            Consume(Iso2709.Utf8Mark.Length);
        while (true)
        {
            var padding = Rest.IndexOfAnyExcept(Iso2709.Padding);
            Consume(padding < 0 ? Rest.Length : padding);
            await FillAsync(cancellation);
            if (Rest.Length == 0)
                return null;
            if (!Iso2709.Padding.Contains(Rest[0]))
                break;
        }

        var frame = Cut();
        if (frame.Damage is { Kind: MarcProblemKind.TooLong })
            await SkipAsync(cancellation);
        return frame;
    }

    ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    Iso2709Frame Cut()
    {
        var rest = Rest;
        var length = rest.Length >= 5 ? Iso2709.Number(rest[..5]) : null;
        var terminator = rest[..Math.Min(rest.Length, Iso2709.MaxRecord)].IndexOf(Iso2709.RecordTerminator);
        if (length is null && terminator >= 0)
            return Take(terminator + 1, MarcProblemKind.NotARecord, "does not begin with its length in five digits");
        if (length == terminator + 1 && terminator >= 0)
            return Take(length.Value);
        if (NextLeader(rest[..(terminator < 0 ? rest.Length : terminator)], length ?? 0) is { } next)
            return Take(next, MarcProblemKind.MissingTerminator, "is not ended by a record terminator");
        if (terminator >= 0)
            return Take(terminator + 1, MarcProblemKind.WrongLength, $"says it has {Say(length)} bytes, but ends after {Say(terminator + 1)}");
        if (_isAtEnd && rest.Length <= Iso2709.MaxRecord)
        {
            return length is null
                ? Take(rest.Length, MarcProblemKind.NotARecord, "is not a MARC record")
                : Take(rest.Length, MarcProblemKind.Truncated, $"says it has {Say(length)} bytes, but the file ends after {Say(rest.Length)} without a record terminator");
        }

        return new Iso2709Frame(_offset, default, new MarcProblem(MarcProblemKind.TooLong,
            $"The record is longer than the {Say(Iso2709.MaxRecord)} bytes the format allows."));
    }

    // The one case in which more can be saved than the next terminator would save: the next record begins exactly where this one should
    // end, its terminator overwritten or lost.
    static int? NextLeader(ReadOnlySpan<byte> rest, int length)
    {
        if (length >= Iso2709.MinRecord && length < rest.Length && Iso2709.LooksLikeLeader(rest[length..]))
            return length;
        return length > Iso2709.MinRecord && length <= rest.Length && Iso2709.LooksLikeLeader(rest[(length - 1)..]) ? length - 1 : null;
    }

    Iso2709Frame Take(int count, MarcProblemKind? kind = null, string? what = null)
    {
        var frame = new Iso2709Frame(_offset, _buffer.AsMemory(_start, count), kind is null ? null : new MarcProblem(kind.Value, $"The record {what}."));
        Consume(count);
        return frame;
    }

    async ValueTask SkipAsync(CancellationToken cancellation)
    {
        while (Rest.Length > 0)
        {
            var terminator = Rest.IndexOf(Iso2709.RecordTerminator);
            Consume(terminator < 0 ? Rest.Length : terminator + 1);
            if (terminator >= 0)
                return;
            await FillAsync(cancellation);
        }
    }

    void Consume(int count)
    {
        _start += count;
        _offset += count;
    }

    async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_isAtEnd || _end - _start >= Window)
            return;
        Rest.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < _buffer.Length)
        {
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (count == 0)
            {
                _isAtEnd = true;
                return;
            }

            _end += count;
        }
    }

    static string Say(int? number) => (number ?? 0).ToString("N0", CultureInfo.InvariantCulture);
}
