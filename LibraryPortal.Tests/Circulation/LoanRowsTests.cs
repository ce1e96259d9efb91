using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Circulation.Requests;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static LibraryPortal.Tests.Support.TestLibrary;

namespace LibraryPortal.Tests.Circulation;

/// <summary>Rows 9 to 13 of library.md, section 2, on a real database: guards, effects, what is recorded and who is told.</summary>
public sealed class LoanRowsTests
{
    [Fact]
    public async Task Row9_Lend_AnotherCopy_NeedsAReasonAndFreesTheAssignedOne()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma", copies: 2);
        var barcodes = await library.BarcodesAsync(title);
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var request = await library.RequestAsync(ada, title);
        await library.ApproveAsync(request);
        var refusal = Refused(await library.Get<LendRequest>().RunAsync(library.Librarian, request, barcodes[1]), "other-copy");
        Assert.True(refusal.MayOverride);

        var lent = Allowed(await library.Get<LendRequest>().RunAsync(library.Librarian, request, barcodes[1], "The other one is damaged."));

        Assert.Equal(barcodes[1], lent.Barcode);
        Assert.Equal(new DateTimeOffset(2026, 3, 23, 23, 59, 59, TimeSpan.Zero), lent.DueAt);
        Assert.Equal([CopyState.Available, CopyState.OnLoan], await StatesAsync(library, barcodes));
        Assert.Equal("The other one is damaged.", (await library.AuditAsync()).Single(entry => entry.Action == "request.lent").Reason);
        var next = await library.RequestAsync(ben, title);
        await library.ApproveAsync(next);
        Assert.Equal(RequestState.Ready, await library.StateAsync(next));
    }

    [Fact]
    public async Task Row9_Lend_ABlockedReader_IsRefusedUnlessOverridden()
    {
        await using var library = await CreateAsync();
        var title = await library.AddTitleAsync("Emma");
        var ada = await library.AddReaderAsync("ada");
        var request = await library.RequestAsync(ada, title);
        await library.ApproveAsync(request);
        Allowed(await library.Get<LibraryPortal.Circulation.Patrons.BlockPatron>().RunAsync(library.Librarian, ada.UserId, "Fees are open.", null));

        Assert.Equal("The account of ada is blocked: Fees are open.", Refused(await library.Get<LendRequest>().RunAsync(library.Librarian, request), "account-blocked").Message);
        Allowed(await library.Get<LendRequest>().RunAsync(library.Librarian, request, null, "Paid in cash just now."));
        Assert.Equal(RequestState.OnLoan, await library.StateAsync(request));
    }

    [Fact]
    public async Task Row9_Lend_OnASaturdayPeriodEndingOnSunday_IsDueOnMonday()
    {
        await using var library = await CreateAsync();
        library.Clock.Advance(TimeSpan.FromDays(6));
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var lent = Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, (await library.BarcodesAsync(title))[0]));
        // Sunday, 8 March and 21 days is Sunday, 29 March.
        Assert.Equal(new DateTimeOffset(2026, 3, 30, 23, 59, 59, TimeSpan.Zero), lent.DueAt);
    }

    [Fact]
    public async Task Row10_LendWithoutRequest_OfAFreeCopy_IsOneScan()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var barcode = (await library.BarcodesAsync(await library.AddTitleAsync("Emma")))[0];

        var lent = Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, $" {barcode} "));

        Assert.Equal($"“Emma” ({barcode}) is lent to ada until 23 March 2026.", lent.Message);
        Assert.Null((await library.LoanAsync(ada)).RequestId);
        Assert.Equal(["loan.lent", "copy.lent"], (await library.AuditAsync()).Select(entry => entry.Action));
        Assert.Equal($"Copy {barcode} is on loan. Take it back first.", Refused(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, barcode), "copy-state").Message);
        Refused(await library.Get<LendCopy>().RunAsync(ada, ada.UserId, barcode), "staff-only");
        Refused(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, ""), "barcode-empty");
    }

    [Fact]
    public async Task Row10_LendWithoutRequest_OfACopyKeptForAnother_IsRefusedForAll()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var title = await library.AddTitleAsync("Emma");
        await library.ApproveAsync(await library.RequestAsync(ada, title));
        var barcode = (await library.BarcodesAsync(title))[0];

        var refusal = Refused(await library.Get<LendCopy>().RunAsync(library.Librarian, ben.UserId, barcode, "He insists."), "copy-kept-for-other");

        Assert.Equal($"Copy {barcode} is set aside for R-000001, which is not a request of ben.", refusal.Message);
        Assert.False(refusal.MayOverride);
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("paused")]
    [InlineData("ready")]
    public async Task Row10_LendCopy_FillsTheReadersOwnRequest(string state)
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var request = await library.RequestAsync(ada, title);
        if (state == "paused")
            Allowed(await library.Get<PauseRequest>().RunAsync(ada, request, new DateOnly(2026, 3, 9)));
        if (state == "ready")
            await library.ApproveAsync(request);

        Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, (await library.BarcodesAsync(title))[0]));

        Assert.Equal(RequestState.OnLoan, await library.StateAsync(request));
        Assert.Equal(request, (await library.LoanAsync(ada)).RequestId);
    }

    [Fact]
    public async Task Row11_Renew_FollowsWindowWaitersAndNumber()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var title = await library.AddTitleAsync("Emma");
        var loan = Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, (await library.BarcodesAsync(title))[0])).LoanId;
        var useless = Refused(await library.Get<RenewLoan>().RunAsync(ada, loan), "renewal-gains-nothing");
        Assert.Equal("“Emma” is due on 23 March 2026, and renewing it today would not move that. Renew it from 16 March 2026 on.", useless.Message);
        library.Clock.Advance(TimeSpan.FromDays(1));
        var early = Refused(await library.Get<RenewLoan>().RunAsync(ada, loan), "renewal-window");
        Assert.Equal(useless.EarliestAt, early.EarliestAt);
        Assert.Equal("“Emma” is due on 23 March 2026 and can be renewed from 16 March 2026 on.", early.Message);
        Refused(await library.Get<RenewLoan>().RunAsync(ben, loan), "unknown-loan");

        library.Clock.Advance(early.EarliestAt!.Value - library.Clock.GetUtcNow());
        Assert.Equal("“Emma” is renewed until 6 April 2026.", Allowed(await library.Get<RenewLoan>().RunAsync(ada, loan)).Message);
        library.Clock.Advance(TimeSpan.FromDays(16));
        var waiting = await library.RequestAsync(ben, title);
        await library.ApproveAsync(waiting);
        Assert.Equal("Another reader waits for “Emma”. Return it by 6 April 2026.", Refused(await library.Get<RenewLoan>().RunAsync(ada, loan), "others-wait").Message);
        Allowed(await library.Get<CancelRequest>().RunAsync(ben, waiting));
        Allowed(await library.Get<RenewLoan>().RunAsync(ada, loan));
        library.Clock.Advance(TimeSpan.FromDays(16));
        Refused(await library.Get<RenewLoan>().RunAsync(ada, loan), "renewals");
        Allowed(await library.Get<RenewLoan>().RunAsync(library.Librarian, loan, "Exam next week."));
        Assert.Equal("Exam next week.", (await library.AuditAsync())[^1].Reason);
        Assert.Equal(3, (await library.LoanAsync(ada)).Renewals);
    }

    [Fact]
    public async Task Row11_RenewAll_AnswersEachAndTheListSaysWhyNot()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, (await library.BarcodesAsync(await library.AddTitleAsync("Emma")))[0]));
        library.Clock.Advance(TimeSpan.FromDays(15));
        Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, (await library.BarcodesAsync(await library.AddTitleAsync("Villette")))[0]));
        library.Clock.Advance(TimeSpan.FromDays(1));

        var before = Allowed(await library.Get<ListLoans>().RunAsync(ada));
        var answers = await library.Get<RenewAllLoans>().RunAsync(ada);

        Assert.Equal([null, "renewal-window"], before.Select(loan => loan.RenewalRefusal?.Rule));
        Assert.Equal(new DateTimeOffset(2026, 4, 8, 23, 59, 59, TimeSpan.Zero), before[0].RenewedDueAt);
        Assert.Equal(["“Emma” is renewed until 8 April 2026.", "“Villette” is due on 7 April 2026 and can be renewed from 31 March 2026 on."], answers.Select(answer => answer.Message));
        Assert.Empty(await library.Get<RenewAllLoans>().RunAsync(ada, library.Librarian.UserId));
        Refused(await library.Get<ListLoans>().RunAsync(ada, library.Librarian.UserId), "unknown-patron");
    }

    [Fact]
    public async Task Row12_Return_ThenUndo_TakesTheCopyFromTheNextReader()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var title = await library.AddTitleAsync("Emma");
        var barcode = (await library.BarcodesAsync(title))[0];
        var mine = await library.RequestAsync(ada, title);
        await library.ApproveAsync(mine);
        await library.LendAsync(mine);
        var next = await library.RequestAsync(ben, title);
        await library.ApproveAsync(next);
        library.Clock.Advance(TimeSpan.FromDays(23));
        var back = Allowed(await library.Get<ReturnCopy>().RunAsync(library.Librarian, barcode));
        Assert.Equal(("ada", 2, "ben", "R-000002"), (back.PatronName, back.DaysLate, back.NextReader, back.NextNumber));
        Assert.Equal($"“Emma” ({barcode}) is back, 2 days late. Set it aside for ben, R-000002.", back.Message);

        library.Clock.Advance(TimeSpan.FromMinutes(9));
        Allowed(await library.Get<UndoReturn>().RunAsync(library.Librarian, back.LoanId));

        Assert.Equal((RequestState.OnLoan, RequestState.Queued), (await library.StateAsync(mine), await library.StateAsync(next)));
        Assert.Equal([CopyState.OnLoan], await library.CopyStatesAsync(title));
        Assert.Contains("not ready after all", (await library.NoticesAsync(ben))[^1], StringComparison.Ordinal);
        // The mail had called the reader to the library; a mail keeps them from coming for nothing.
        await using (var database = library.Open())
        {
            var mail = await database.Mail.SingleAsync(mail => mail.Kind == "request.waits-again");
            Assert.Equal((ben.UserId, "“Emma” is not ready to collect after all", $"request:{next}"), (mail.UserId, mail.Subject, mail.Occasion));
        }

        Allowed(await library.Get<ReturnCopy>().RunAsync(library.Librarian, barcode));
        Assert.Equal(RequestState.Ready, await library.StateAsync(next));
        await library.LendAsync(next);
        Refused(await library.Get<UndoReturn>().RunAsync(library.Librarian, back.LoanId), "copy-state");
    }

    [Fact]
    public async Task Row12_UndoReturn_AfterTenMinutes_IsTooLate()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var barcode = (await library.BarcodesAsync(await library.AddTitleAsync("Emma")))[0];
        var loan = Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, barcode)).LoanId;
        Refused(await library.Get<UndoReturn>().RunAsync(library.Librarian, loan), "loan-returned");
        Allowed(await library.Get<ReturnCopy>().RunAsync(library.Librarian, barcode));
        library.Clock.Advance(TimeSpan.FromMinutes(11));
        Refused(await library.Get<UndoReturn>().RunAsync(library.Librarian, loan), "undo-too-late");
    }

    [Fact]
    public async Task Row13_Lost_KeepsTheLoanUntilFound()
    {
        await using var library = await CreateAsync();
        var (ada, ben) = (await library.AddReaderAsync("ada"), await library.AddReaderAsync("ben"));
        var title = await library.AddTitleAsync("Emma");
        var barcode = (await library.BarcodesAsync(title))[0];
        var mine = await library.RequestAsync(ada, title);
        await library.ApproveAsync(mine);
        await library.LendAsync(mine);
        var next = await library.RequestAsync(ben, title);
        await library.ApproveAsync(next);
        Refused(await library.Get<ReportLost>().RunAsync(library.Librarian, barcode, " "), "reason-empty");

        Allowed(await library.Get<ReportLost>().RunAsync(library.Librarian, barcode, "Left in a train."));
        Assert.Equal([CopyState.Lost], await library.CopyStatesAsync(title));
        Assert.Equal("loan-lost", Refused(await library.Get<RenewLoan>().RunAsync(ada, (await library.LoanAsync(ada)).Id), "loan-lost").Rule);
        Allowed(await library.Get<ReportFound>().RunAsync(library.Librarian, barcode, "In the lost property office."));

        Assert.Equal((RequestState.Completed, RequestState.Ready), (await library.StateAsync(mine), await library.StateAsync(next)));
        Assert.Equal([CopyState.SetAside], await library.CopyStatesAsync(title));
    }

    [Fact]
    public async Task Row13_ALostCopyBroughtBack_IsFoundByTheReturn()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var barcode = (await library.BarcodesAsync(title))[0];
        Allowed(await library.Get<LendCopy>().RunAsync(library.Librarian, ada.UserId, barcode));
        Allowed(await library.Get<ReportLost>().RunAsync(library.Librarian, barcode, "Left in a train."));

        Allowed(await library.Get<ReturnCopy>().RunAsync(library.Librarian, barcode));

        Assert.Equal([CopyState.Available], await library.CopyStatesAsync(title));
        await using var database = library.Open();
        Assert.Null((await database.Loans.SingleAsync()).LostAt);
    }

    [Fact]
    public async Task Copy_ToRepairAndBack_SendsItsReaderBackToTheQueueAndServesAgain()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var barcode = (await library.BarcodesAsync(title))[0];
        var request = await library.RequestAsync(ada, title);
        await library.ApproveAsync(request);
        Refused(await library.Get<MoveCopy>().RunAsync(library.Librarian, barcode, CopyState.Available, null), "copy-state");
        Refused(await library.Get<MoveCopy>().RunAsync(library.Librarian, barcode, CopyState.OnLoan, "no"), "copy-state");

        Allowed(await library.Get<MoveCopy>().RunAsync(library.Librarian, barcode, CopyState.InRepair, "The spine is loose."));
        Assert.Equal(RequestState.Queued, await library.StateAsync(request));
        await using (var mails = library.Open())
            Assert.Equal("“Emma” is not ready to collect after all", (await mails.Mail.SingleAsync(mail => mail.Kind == "request.waits-again")).Subject);
        Allowed(await library.Get<MoveCopy>().RunAsync(library.Librarian, barcode, CopyState.Available, null));

        Assert.Equal(RequestState.Ready, await library.StateAsync(request));
        await using var database = library.Open();
        Assert.Null((await database.Copies.SingleAsync()).Note);
    }

    [Fact]
    public async Task Copy_LostOnLoanAndWithdrawn_EndsTheLoanWithoutAReturn()
    {
        await using var library = await CreateAsync();
        var ada = await library.AddReaderAsync("ada");
        var title = await library.AddTitleAsync("Emma");
        var barcode = (await library.BarcodesAsync(title))[0];
        var request = await library.RequestAsync(ada, title);
        await library.ApproveAsync(request);
        await library.LendAsync(request);
        Assert.Equal($"Copy {barcode} is on loan. Take it back first.", Refused(await library.Get<MoveCopy>().RunAsync(library.Librarian, barcode, CopyState.Withdrawn, "Old."), "copy-state").Message);
        Allowed(await library.Get<ReportLost>().RunAsync(library.Librarian, barcode, "Left in a train."));

        Allowed(await library.Get<MoveCopy>().RunAsync(library.Librarian, barcode, CopyState.Withdrawn, "Paid by the reader."));
        Assert.Single(await library.NoticesAsync(ada), notice => notice == "The library has given up “Emma”, which was reported lost. It no longer stands among your loans.");

        var done = await library.FindAsync(request);
        Assert.Equal((RequestState.Completed, (DateTimeOffset?)null), (done.State, done.ReturnedAt));
        await using var database = library.Open();
        Assert.NotNull((await database.Loans.SingleAsync()).LostAt);
    }

    static async Task<IReadOnlyList<CopyState>> StatesAsync(TestLibrary library, IReadOnlyList<string> barcodes)
    {
        await using var database = library.Open();
        var states = await database.Copies.Where(copy => barcodes.Contains(copy.Barcode)).ToDictionaryAsync(copy => copy.Barcode, copy => copy.State);
        return [.. barcodes.Select(barcode => states[barcode])];
    }
}
