using LibraryPortal.Data;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Jobs.History;
using LibraryPortal.Jobs.Inspection;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.JobConsole;

/// <summary>Searches the jobs that ended, for an admin.</summary>
internal sealed class SearchHistory(IJobInspector inspector, IDbContextFactory<PortalDbContext> databases)
{
    public const int PageSize = 25;

    readonly OwnerNames _owners = new(databases);

    static readonly Refusal AdminsOnly = new(RefusalKind.Forbidden, "Only an admin may look at all jobs.", "admins-only");

    public async Task<Outcome<Paged<ConsoleJob>>> RunAsync(Caller caller, HistoryFilter filter, int page, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        if (!filter.TryRead(out var query, out var problem))
            return new Refusal(RefusalKind.Invalid, problem!, "filter-unreadable");
        if (query.Owner is { } owner)
            query = query with { Owner = await _owners.FindIdAsync(owner, cancellationToken) };
        var shown = Paging.Clamp(page, HistoryPage.MostCounted, PageSize);
        var found = await ReadAsync();
        if (Paging.Clamp(shown, found.Total, PageSize) is var last && last < shown)
        {
            shown = last;
            found = await ReadAsync();
        }

        var names = await _owners.OfAsync(found.Jobs, cancellationToken);
        return new Paged<ConsoleJob>([.. found.Jobs.Select(job => new ConsoleJob(job, OwnerNames.NameOf(names, job)))], found.Total, shown, PageSize);

        Task<HistoryPage> ReadAsync() => inspector.SearchAsync(query with { Offset = (shown - 1) * PageSize, Count = PageSize }, cancellationToken);
    }

    /// <summary>How many entries of a search are newer than a moment, counted up to <see cref="HistoryPage.MostCounted"/>.</summary>
    public async Task<Outcome<int>> CountSinceAsync(Caller caller, HistoryFilter filter, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAdmin)
            return AdminsOnly;
        if (!filter.TryRead(out var query, out var problem))
            return new Refusal(RefusalKind.Invalid, problem!, "filter-unreadable");
        if (query.Owner is { } owner)
            query = query with { Owner = await _owners.FindIdAsync(owner, cancellationToken) };
        var after = since.AddTicks(1);
        if (after > query.To)
            return 0;
        return (await inspector.SearchAsync(query with { From = query.From > after ? query.From : after, Count = 1 }, cancellationToken)).Total;
    }
}
