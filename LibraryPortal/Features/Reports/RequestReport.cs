using System.Runtime.CompilerServices;
using LibraryPortal.Data;
using LibraryPortal.Data.Settings;
using LibraryPortal.Domain.Reports;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Tables;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Reports;

/// <summary>The report of one reader's requests: its columns, and its rows read one by one.</summary>
internal sealed class RequestReport(IDbContextFactory<PortalDbContext> databases, CurrentCalendar calendar)
{
    public static IReadOnlyList<TableCell> Headings { get; } =
    [
        .. new[] { "Request no.", "Title", "Authors", "ISBN", "Status", "Requested", "Decided", "Collected", "Due", "Returned", "Days late", "Renewals", "Note" }
            .Select(TableCell.Text),
    ];

    public async Task<long> CountAsync(ReportExport export, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await Requests(database, export).LongCountAsync(cancellationToken);
    }

    /// <summary>The rows in the order of their numbers. One statement reads them all, so they are of one moment; none is kept.</summary>
    public async IAsyncEnumerable<RequestReportRow> ReadAsync(
        ReportExport export, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows =
            from request in Requests(database, export)
            join title in database.Titles on request.TitleId equals title.Id into titles
            from title in titles.DefaultIfEmpty()
            join loan in database.Loans on request.Id equals loan.RequestId into loans
            from loan in loans.DefaultIfEmpty()
            orderby request.Number
            select new RequestReportRow
            {
                Number = request.Number,
                Title = title == null ? request.BookName : title.Name,
                Authors = title == null ? null : title.Authors,
                Isbn = title == null ? null : title.Isbn13 ?? title.Isbn10,
                State = request.State,
                RequestedAt = request.RequestedAt,
                DecidedAt = request.DecidedAt,
                CollectedAt = request.CollectedAt,
                DueAt = loan == null ? null : loan.DueAt,
                ReturnedAt = request.ReturnedAt,
                Renewals = loan == null ? null : loan.Renewals,
                Note = request.DeclineReason,
            };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            yield return row;
    }

    /// <summary>The name the file is downloaded under, such as <c>my-requests-2026-11-22.csv</c>.</summary>
    public string FileName(ReportExport export, DateTimeOffset asOf) =>
        $"my-requests{(export.Filter.Length > 0 ? "-" : "")}{export.Filter.ToLowerInvariant()}-{Date(asOf):yyyy-MM-dd}.csv";

    /// <param name="asOf">What "late" is measured against while a book is out.</param>
    public IReadOnlyList<TableCell> Cells(RequestReportRow row, DateTimeOffset asOf) =>
    [
        TableCell.Text(BookRequest.FormatNumber(row.Number)),
        TableCell.Text(row.Title),
        TableCell.Text(string.Join("; ", row.Authors ?? [])),
        TableCell.Text(row.Isbn),
        TableCell.Text(Capitalised(row.State.Words())),
        TableCell.Moment(row.RequestedAt, calendar.Zone.Zone),
        TableCell.Moment(row.DecidedAt, calendar.Zone.Zone),
        TableCell.Moment(row.CollectedAt, calendar.Zone.Zone),
        TableCell.Day(row.DueAt, calendar.Zone.Zone),
        TableCell.Moment(row.ReturnedAt, calendar.Zone.Zone),
        DaysLate(row, asOf) is { } late ? TableCell.Number(late) : TableCell.Text(null),
        row.Renewals is { } renewals ? TableCell.Number(renewals) : TableCell.Text(null),
        TableCell.Text(row.Note),
    ];

    int? DaysLate(RequestReportRow row, DateTimeOffset asOf) =>
        row.DueAt is { } due ? Math.Max(0, Date(row.ReturnedAt ?? asOf).DayNumber - Date(due).DayNumber) : null;

    DateOnly Date(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, calendar.Zone.Zone).Date);

    static string Capitalised(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    static IQueryable<BookRequest> Requests(PortalDbContext database, ReportExport export)
    {
        var requests = database.Requests.AsNoTracking().Where(request => request.PatronId == export.OwnerId);
        return Enum.TryParse<RequestState>(export.Filter, out var state) ? requests.Where(request => request.State == state) : requests;
    }
}
