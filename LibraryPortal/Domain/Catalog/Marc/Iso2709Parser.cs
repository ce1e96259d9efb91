using System.Text;

namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>
/// Takes one record apart: leader, directory, fields (Library of Congress, MARC 21 Specifications, Record Structure). A directory that
/// contradicts itself makes the whole record untrustworthy; a single field that cannot be read is left out.
/// </summary>
internal static class Iso2709Parser
{
    /// <summary>The record; null when it is damaged, and the last problem says why.</summary>
    /// <param name="bytes">From the leader to the record terminator.</param>
    public static MarcRecord? Parse(ReadOnlySpan<byte> bytes, List<MarcProblem> problems)
    {
        if (bytes.Length < Iso2709.MinRecord)
            return Damaged(problems, MarcProblemKind.BadLeader, "The record is shorter than its leader.");
        var leader = bytes[..MarcRecord.LeaderLength];
        if (leader.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return Damaged(problems, MarcProblemKind.BadLeader, "The leader holds characters that cannot stand there.");
        if (Iso2709.Number(leader[12..17]) is not { } address || address <= MarcRecord.LeaderLength || address >= bytes.Length)
            return Damaged(problems, MarcProblemKind.BadLeader, "The leader does not say where the fields begin.");
        var directory = bytes[MarcRecord.LeaderLength..(address - 1)];
        if (bytes[address - 1] != Iso2709.FieldTerminator || directory.Length % Iso2709.DirectoryEntry != 0)
            return Damaged(problems, MarcProblemKind.BadDirectory, "The directory of fields does not end where it should.");

        var text = new MarcText(bytes);
        List<MarcControlField> controls = [];
        List<MarcDataField> fields = [];
        for (; directory.Length > 0; directory = directory[Iso2709.DirectoryEntry..])
        {
            if (Tag(directory[..3]) is not { } tag || Body(bytes[address..^1], directory) is not { } range)
                return Damaged(problems, MarcProblemKind.BadDirectory, "The directory names a field that is not in the record.");
            var body = bytes[address..^1][range];
            if (MarcControlField.IsControlTag(tag))
                controls.Add(new MarcControlField(tag, text.Read(tag, body)));
            else if (Field(tag, body, text) is { } field)
                fields.Add(field);
            else
                problems.Add(new MarcProblem(MarcProblemKind.BadField, $"Field {tag} has no readable subfields and is left out."));
        }

        problems.AddRange(text.Problems);
        return new MarcRecord { Leader = Encoding.ASCII.GetString(leader), ControlFields = controls, DataFields = fields };
    }

    static string? Tag(ReadOnlySpan<byte> bytes)
    {
        foreach (var letter in bytes)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter))
                return null;
        }

        return Encoding.ASCII.GetString(bytes);
    }

    /// <summary>Where the field stands, without its terminator; null when it reaches outside the record or is not terminated.</summary>
    static Range? Body(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> entry)
    {
        if (Iso2709.Number(entry[3..7]) is not { } length || Iso2709.Number(entry[7..12]) is not { } start)
            return null;
        var end = start + length - 1;
        return length > 0 && end < fields.Length && fields[end] == Iso2709.FieldTerminator ? start..end : null;
    }

    static MarcDataField? Field(string tag, ReadOnlySpan<byte> body, MarcText text)
    {
        if (body.Length < 3 || body[2] != Iso2709.SubfieldDelimiter || !IsIndicator(body[0]) || !IsIndicator(body[1]))
            return null;
        List<MarcSubfield> subfields = [];
        foreach (var range in body[3..].Split(Iso2709.SubfieldDelimiter))
        {
            var subfield = body[3..][range];
            if (subfield.Length > 0 && subfield[0] is > (byte)' ' and <= (byte)'~')
                subfields.Add(new MarcSubfield((char)subfield[0], text.Read(tag, subfield[1..])));
        }

        return subfields.Count == 0 ? null : new MarcDataField(tag, (char)body[0], (char)body[1], subfields);
    }

    static bool IsIndicator(byte value) => value is >= (byte)' ' and <= (byte)'~';

    static MarcRecord? Damaged(List<MarcProblem> problems, MarcProblemKind kind, string message)
    {
        problems.Add(new MarcProblem(kind, message));
        return null;
    }
}
