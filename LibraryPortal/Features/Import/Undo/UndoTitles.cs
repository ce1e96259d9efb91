using System.Globalization;
using LibraryPortal.Data;
using LibraryPortal.Data.Imports;
using LibraryPortal.Domain.Audit;
using LibraryPortal.Features.Import.Findings;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Features.Import.Undo;

/// <summary>Titles an import added, with their copies. One that was asked for, lent, given other copies or corrected since stays with all it has.</summary>
internal sealed class UndoTitles : IUndoPart
{
    public async Task<UndoneStep> RunAsync(PortalDbContext database, int importId, int skip, int take, List<Finding> findings, CancellationToken cancellationToken)
    {
        var titles = await database.Titles.AsNoTracking().Where(title => EF.Property<int?>(title, ImportOrigin.Import) == importId)
            .OrderBy(title => title.Id).Skip(skip).Take(take)
            .Select(title => new
            {
                title.Id,
                title.Name,
                Row = EF.Property<int?>(title, ImportOrigin.Row),
                IsRequested = database.Requests.Any(request => request.TitleId == title.Id),
                IsLent = database.Loans.Any(loan => title.Copies.Any(copy => copy.Id == loan.CopyId)),
                HasOtherCopies = title.Copies.Any(copy => EF.Property<int?>(copy, ImportOrigin.Import) != importId),
            }).ToListAsync(cancellationToken);
        var keys = titles.Select(title => title.Id.ToString(CultureInfo.InvariantCulture)).ToList();
        var changed = await database.Audit.Where(entry => entry.SubjectKind == AuditSubject.Title && EF.Parameter(keys).Contains(entry.SubjectId))
            .Select(entry => entry.SubjectId).Distinct().ToListAsync(cancellationToken);
        List<int> free = [];
        foreach (var title in titles)
        {
            var why = title.IsRequested ? "readers have asked for it"
                : title.IsLent ? "a copy of it was lent"
                : title.HasOtherCopies ? "it has got other copies since"
                : changed.Contains(title.Id.ToString(CultureInfo.InvariantCulture)) ? "it was corrected since"
                : null;
            if (why is null)
                free.Add(title.Id);
            else
                findings.Add(new Finding(title.Row ?? 0, FindingKind.Kept, "", $"title stays: {why}", $"“{title.Name}”"));
        }

        await database.Copies.Where(copy => EF.Parameter(free).Contains(copy.TitleId)).ExecuteDeleteAsync(cancellationToken);
        await database.Titles.Where(title => EF.Parameter(free).Contains(title.Id)).ExecuteDeleteAsync(cancellationToken);
        return new UndoneStep(free.Count, titles.Count - free.Count);
    }
}
