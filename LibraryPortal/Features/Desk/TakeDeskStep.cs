using LibraryPortal.Circulation.Copies;
using LibraryPortal.Circulation.Loans;
using LibraryPortal.Domain.Catalog;
using LibraryPortal.Identity;

namespace LibraryPortal.Features.Desk;

/// <summary>Does what a button beside an answer offers.</summary>
internal sealed class TakeDeskStep(HandleScan desk, UndoLend undoLend, UndoReturn undoReturn, ReportFound found, MoveCopy move)
{
    /// <param name="reason">Why rules are set aside; counts for <see cref="DeskStepKind.LendAllTheSame"/> only.</param>
    public Task<DeskAnswer> RunAsync(Caller caller, DeskStep step, string? reason = null, CancellationToken cancellationToken = default) => step.Kind switch
    {
        DeskStepKind.TakeBack => desk.TakeBackAsync(caller, step.Barcode, cancellationToken),
        DeskStepKind.UndoLend => UndoLendAsync(caller, step, cancellationToken),
        DeskStepKind.UndoReturn => UndoReturnAsync(caller, step, cancellationToken),
        DeskStepKind.LendAllTheSame => desk.LendAsync(caller, step.Patron!, step.Barcode, reason, cancellationToken),
        DeskStepKind.Found => FoundAsync(caller, step, cancellationToken),
        DeskStepKind.BackFromRepair => BackAsync(caller, step, cancellationToken),
    };

    async Task<DeskAnswer> UndoLendAsync(Caller caller, DeskStep step, CancellationToken cancellationToken)
    {
        var undone = await undoLend.RunAsync(caller, step.Loan, cancellationToken);
        return undone.IsAllowed
            ? new DeskAnswer(undone.Value.NextNumber is null ? DeskTone.Done : DeskTone.Alert, undone.Value.Message) { Slip = undone.Value.NextNumber }
            : DeskAnswer.Refused(undone.Refusal);
    }

    async Task<DeskAnswer> UndoReturnAsync(Caller caller, DeskStep step, CancellationToken cancellationToken)
    {
        var undone = await undoReturn.RunAsync(caller, step.Loan, cancellationToken);
        return undone.IsAllowed ? new DeskAnswer(DeskTone.Done, undone.Value.Message) : DeskAnswer.Refused(undone.Refusal);
    }

    async Task<DeskAnswer> FoundAsync(Caller caller, DeskStep step, CancellationToken cancellationToken)
    {
        var answer = await found.RunAsync(caller, step.Barcode, "Scanned at the desk.", cancellationToken);
        return answer.IsAllowed ? new DeskAnswer(DeskTone.Alert, answer.Value.Message) : DeskAnswer.Refused(answer.Refusal);
    }

    async Task<DeskAnswer> BackAsync(Caller caller, DeskStep step, CancellationToken cancellationToken)
    {
        var answer = await move.RunAsync(caller, step.Barcode, CopyState.Available, null, cancellationToken);
        return answer.IsAllowed ? new DeskAnswer(DeskTone.Done, answer.Value.Message) : DeskAnswer.Refused(answer.Refusal);
    }
}
