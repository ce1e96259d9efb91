using System.Collections.Concurrent;
using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Nightly;
using LibraryPortal.Circulation.Opening;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Features.LendingRules;
using LibraryPortal.Identity;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Circulation;

/// <summary>A small library in which everybody wants the same few books.</summary>
sealed class CirculationScene
{
    readonly TestLibrary _library;
    readonly List<Caller> _readers = [];
    readonly List<Title> _titles = [];
    readonly List<string> _barcodes = [];

    readonly Caller _admin;

    CirculationScene(TestLibrary library) => (_library, _admin) = (library, library.Librarian with { IsAdmin = true });

    /// <summary>Refusals without a sentence: none.</summary>
    public ConcurrentBag<string> Surprises { get; } = [];

    public static async Task<CirculationScene> CreateAsync(TestLibrary library)
    {
        var scene = new CirculationScene(library);
        for (var i = 0; i < 4; i++)
            scene._readers.Add(await library.AddReaderAsync($"reader{i}"));
        scene._titles.Add(await library.AddTitleAsync("One"));
        scene._titles.Add(await library.AddTitleAsync("Two", copies: 2));
        foreach (var title in scene._titles)
            scene._barcodes.AddRange(await library.BarcodesAsync(title));
        return scene;
    }

    public async Task RunAsync(CirculationCommand command)
    {
        var (lea, reader, barcode) = (_library.Librarian, Pick(_readers, command.First), Pick(_barcodes, command.Second));
        var request = await RequestAsync(command.First);
        var owner = _readers.FirstOrDefault(one => one.UserId == request?.PatronId) ?? reader;
        var id = request?.Id ?? Guid.Empty;
        switch (command.Verb)
        {
            case "request":
                Note(await _library.Get<RequestTitle>().RunAsync(reader, Pick(_titles, command.Second).Id));
                break;
            case "approve":
                Note(await _library.Get<ApproveRequest>().RunAsync(lea, id));
                break;
            case "decline":
                Note(await _library.Get<DeclineRequest>().RunAsync(lea, id, "No."));
                break;
            case "lend":
                Note(await _library.Get<LendRequest>().RunAsync(lea, id, command.Second % 2 == 0 ? null : barcode, command.Second % 3 == 0 ? "It must be." : null));
                break;
            case "lend copy":
                Note(await _library.Get<LendCopy>().RunAsync(lea, reader.UserId, barcode, command.First % 3 == 0 ? "It must be." : null));
                break;
            case "return":
                Note(await _library.Get<ReturnCopy>().RunAsync(lea, barcode));
                break;
            case "cancel":
                Note(await _library.Get<CancelRequest>().RunAsync(owner, id));
                break;
            case "undo cancel":
                Note(await _library.Get<UndoCancelRequest>().RunAsync(owner, id));
                break;
            case "pause":
                Note(await _library.Get<PauseRequest>().RunAsync(owner, id, Day(command.Second)));
                break;
            case "wish":
                Note(await _library.Get<RequestByName>().RunAsync(reader, $"A wish {command.Second % 2}"));
                break;
            case "link":
                Note(await _library.Get<LinkRequest>().RunAsync(lea, id, Pick(_titles, command.Second).Id));
                break;
            case "needed until":
                Note(await _library.Get<ChangeNeededUntil>().RunAsync(owner, id, command.Second % 3 == 0 ? null : Day(command.Second)));
                break;
            case "closure":
                Note(await _library.Get<ChangeCalendar>().AddClosureAsync(_admin, Day(command.First), Day(command.First).AddDays(command.Second % 3), "Painting"));
                await _library.Get<MovePromisedDates>().RunAsync(default);
                break;
            case "resume":
                Note(await _library.Get<ResumeRequest>().RunAsync(owner, id));
                break;
            case "undo return":
                Note(await _library.Get<UndoReturn>().RunAsync(lea, await LoanAsync(command.First)));
                break;
            case "undo lend":
                Note(await _library.Get<UndoLend>().RunAsync(lea, await LoanAsync(command.First)));
                break;
            case "renew":
                Note(await _library.Get<RenewLoan>().RunAsync(lea, await LoanAsync(command.First), "It must be."));
                break;
            case "lost":
                Note(await _library.Get<ReportLost>().RunAsync(lea, barcode, "Gone."));
                break;
            case "found":
                Note(await _library.Get<ReportFound>().RunAsync(lea, barcode, "Here."));
                break;
            case "repair":
                Note(await _library.Get<MoveCopy>().RunAsync(lea, barcode, CopyState.InRepair, "Torn."));
                break;
            case "shelve":
                Note(await _library.Get<MoveCopy>().RunAsync(lea, barcode, CopyState.Available, null));
                break;
            case "night":
                foreach (var step in _library.Get<IEnumerable<INightlyStep>>())
                    await step.RunAsync(default);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(command));
        }
    }

    // Mostly days that are promised to somebody: loans end three weeks after 2 March, copies wait for a week.
    static DateOnly Day(int number) => new DateOnly(2026, 3, 3).AddDays(number % 24);

    // Losing every one of several races is possible and says so; anything else has a rule.
    void Note<T>(Outcome<T> outcome)
    {
        if (outcome.Refusal is { } refusal && (refusal.Rule is null || refusal.Message.Length == 0))
            Surprises.Add(refusal.ToString());
    }

    async Task<BookRequest?> RequestAsync(int number)
    {
        await using var database = _library.Open();
        var requests = await database.Requests.AsNoTracking().OrderBy(request => request.Number).ToListAsync();
        return requests.Count == 0 ? null : Pick(requests, number);
    }

    async Task<Guid> LoanAsync(int number)
    {
        await using var database = _library.Open();
        var loans = await database.Loans.AsNoTracking().OrderBy(loan => loan.LentAt).Select(loan => loan.Id).ToListAsync();
        return loans.Count == 0 ? Guid.Empty : Pick(loans, number);
    }

    static T Pick<T>(IReadOnlyList<T> list, int number) => list[number % list.Count];
}
