using System.Globalization;
using LibraryPortal.Components.Shared;
using LibraryPortal.Domain.Imports;
using LibraryPortal.Features.Import.Findings;

namespace LibraryPortal.Features.Import;

/// <summary>Imports in a librarian's words.</summary>
internal static class ImportWords
{
    public static string Kind(ImportKind kind) => kind switch
    {
        ImportKind.Titles => "Books",
        ImportKind.Copies => "Copies",
        ImportKind.Patrons => "Readers",
    };

    public static string Format(ImportFormat format) => format switch
    {
        ImportFormat.Csv => "table",
        ImportFormat.Marc21 => "MARC21",
        ImportFormat.MarcXml => "MARCXML",
    };

    public static (BadgeTone Tone, IconName Icon, string Text) Look(ImportState state) => state switch
    {
        ImportState.Uploaded => (BadgeTone.Neutral, IconName.File, "Not imported yet"),
        ImportState.Checking => (BadgeTone.Info, IconName.Spinner, "Checking"),
        ImportState.Checked => (BadgeTone.Info, IconName.Clipboard, "Checked"),
        ImportState.Importing => (BadgeTone.Info, IconName.Spinner, "Importing"),
        ImportState.Stopped => (BadgeTone.Warning, IconName.Pause, "Stopped"),
        ImportState.Done => (BadgeTone.Success, IconName.CheckCircle, "Imported"),
        ImportState.Undoing => (BadgeTone.Info, IconName.Spinner, "Undoing"),
        ImportState.UndoStopped => (BadgeTone.Warning, IconName.Pause, "Undo stopped"),
        ImportState.Undone => (BadgeTone.Neutral, IconName.Undo, "Undone"),
    };

    /// <summary>What a job is doing, for its progress bar.</summary>
    public static string Doing(ImportState state) => state switch
    {
        ImportState.Checking => "Checking the file",
        ImportState.Importing => "Importing",
        ImportState.Undoing => "Undoing the import",
        ImportState.Uploaded or ImportState.Checked or ImportState.Stopped or ImportState.Done or ImportState.UndoStopped or ImportState.Undone => "",
    };

    /// <summary>What the rows came to, each as a number and its words; counts of nothing are left out, but for the first.</summary>
    /// <param name="isDone">False: what importing would do.</param>
    public static IEnumerable<(int Count, string Words)> Counts(ImportBatch batch, bool isDone)
    {
        var counts = batch.Counts;
        yield return (counts.Added, $"{Kind(batch.Kind).ToLowerInvariant()} {(isDone ? "added" : "to add")}");
        if (counts.Copies > 0 && batch.Kind == ImportKind.Titles)
            yield return (counts.Copies, isDone ? "copies added" : "copies to add");
        if (counts.Completed > 0)
            yield return (counts.Completed, isDone ? "completed" : "to complete");
        if (counts.Unchanged > 0)
            yield return (counts.Unchanged, "there already");
        if (counts.Merged > 0)
            yield return (counts.Merged, "same as an earlier row");
        if (counts.Repaired > 0)
            yield return (counts.Repaired, isDone ? "corrected" : "with corrections");
        if (counts.Refused > 0)
            yield return (counts.Refused, isDone ? "not used" : "cannot be used");
    }

    public static string Finding(FindingKind kind) => kind switch
    {
        FindingKind.Repaired => "Corrected",
        FindingKind.Merged => "Same as earlier",
        FindingKind.Refused => "Not used",
        FindingKind.Kept => "Stays",
    };

    public static BadgeTone Tone(FindingKind kind) => kind switch
    {
        FindingKind.Repaired => BadgeTone.Info,
        FindingKind.Merged => BadgeTone.Neutral,
        FindingKind.Refused => BadgeTone.Danger,
        FindingKind.Kept => BadgeTone.Warning,
    };

    public static IconName Icon(FindingKind kind) => kind switch
    {
        FindingKind.Repaired => IconName.Info,
        FindingKind.Merged => IconName.Copy,
        FindingKind.Refused => IconName.CrossCircle,
        FindingKind.Kept => IconName.Shield,
    };

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{bytes} bytes",
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:N0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024.0:N1} MB"),
    };
}
