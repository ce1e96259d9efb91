using LibraryPortal.Domain.Catalog.Marc;
using LibraryPortal.Domain.Catalog.Marc.Mapping;
using LibraryPortal.Domain.Catalog.Records;
using LibraryPortal.Features.Import.Findings;

namespace LibraryPortal.Features.Import.Titles;

/// <summary>Reads a book from a MARC record.</summary>
/// <param name="copies">Of each new title.</param>
/// <param name="shelf">Where they stand.</param>
internal sealed class ReadMarcBook(int copies, string? shelf)
{
    /// <returns>Null: the record is skipped, and the findings say why.</returns>
    public BookDraft? Read(int row, MarcReading reading, List<Finding> findings)
    {
        var place = reading.Place.ToString();
        if (reading.Record is not { } record)
        {
            foreach (var problem in reading.Problems)
                findings.Add(new Finding(row, FindingKind.Refused, "", Reason(problem.Kind), $"{problem.Message} ({place})"));
            return null;
        }

        foreach (var problem in reading.Problems)
            findings.Add(new Finding(row, FindingKind.Repaired, "", Reason(problem.Kind), $"{problem.Message} ({place})"));
        var mapped = RecordFromMarc.Map(record);
        if (mapped.Record is not { } book)
        {
            findings.Add(new Finding(row, FindingKind.Refused, "", "no book", $"{mapped.Remarks[^1]} ({place})"));
            return null;
        }

        foreach (var remark in mapped.Remarks)
            findings.Add(new Finding(row, FindingKind.Repaired, "", "something that could not be used, left out", $"{remark} ({place})"));
        return new BookDraft(row, TitleDescription.From(book), copies, shelf);
    }

    static string Reason(MarcProblemKind kind) => kind switch
    {
        MarcProblemKind.NotARecord => "not a record",
        MarcProblemKind.WrongLength => "damaged: its length is not where it ends",
        MarcProblemKind.TooLong => "longer than a record can be",
        MarcProblemKind.BadLeader => "damaged: its leader cannot be read",
        MarcProblemKind.BadDirectory => "damaged: its directory cannot be read",
        MarcProblemKind.Truncated => "cut off by the end of the file",
        MarcProblemKind.MissingTerminator => "damaged: the next record begins inside it",
        MarcProblemKind.BadField => "a field that cannot be read, left out",
        MarcProblemKind.Characters => "characters that cannot be read",
        MarcProblemKind.Xml => "the XML is damaged",
    };
}
