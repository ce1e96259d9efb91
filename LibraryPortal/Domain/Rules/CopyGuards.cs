using LibraryPortal.Domain.Catalog;

namespace LibraryPortal.Domain.Rules;

/// <summary>Guards on the copy in a librarian's hand: library.md, section 2, rows 9, 10, 12 and 13.</summary>
static class CopyGuards
{
    /// <summary>The copy can leave the house at all.</summary>
    public static RuleBreak? IsLendable(CopyFacts copy) => copy.State switch
    {
        CopyState.Available or CopyState.SetAside => null,
        CopyState.OnLoan => Wrong(copy, "Take it back first."),
        CopyState.InRepair => Wrong(copy, "Put it back on the shelf first."),
        CopyState.Lost => Wrong(copy, "Mark it as found first."),
        CopyState.Withdrawn => Wrong(copy, "It is no longer part of the collection."),
    };

    public static RuleBreak? IsNotKeptForOther(PatronFacts patron, CopyFacts copy) => copy.State != CopyState.SetAside || copy.IsKeptForPatron ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.CopyKeptForOther,
            $"Copy {copy.Barcode} is set aside for another reader.",
            $"Copy {copy.Barcode} is set aside for {copy.KeptForRequest}, which is not a request of {patron.Name}.");

    public static RuleBreak? IsOfTheTitle(RequestFacts request, CopyFacts copy) => copy.IsOfTheTitle ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.OtherCopy, $"Copy {copy.Barcode} is “{copy.BookName}”, but {request.Number} is for “{request.BookName}”.");

    public static RuleBreak? IsFree(CopyFacts copy) => copy.State == CopyState.Available ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.CopyState, $"Copy {copy.Barcode} is {copy.State.Words()}, so it cannot be set aside.");

    /// <summary>Whether a copy may go by hand from its state to that one; loans and set-aside copies come to an end on the way.</summary>
    public static RuleBreak? CanBecome(CopyFacts copy, CopyState to)
    {
        if (copy.State == CopyState.OnLoan)
            return new RuleBreak(RefusalKind.Conflict, RuleCode.CopyState, $"Copy {copy.Barcode} is on loan. Take it back first.");
        var isPossible = to switch
        {
            CopyState.Available => copy.State is CopyState.InRepair or CopyState.Lost or CopyState.Withdrawn,
            CopyState.InRepair or CopyState.Lost => copy.State is CopyState.Available or CopyState.SetAside or CopyState.InRepair && to != copy.State,
            CopyState.Withdrawn => copy.State != CopyState.Withdrawn,
            CopyState.SetAside or CopyState.OnLoan => false,
        };
        return isPossible && to != copy.State ? null
            : new RuleBreak(RefusalKind.Conflict, RuleCode.CopyState, $"Copy {copy.Barcode} is {copy.State.Words()}, so it cannot become {to.Words()}.");
    }

    public static RuleBreak? IsTheAssigned(RequestFacts request, CopyFacts copy) => request.Copy is null || request.Copy == copy.Barcode ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.OtherCopy,
            $"Copy {copy.Barcode} is not the one set aside for {request.Number}; that is copy {request.Copy}.") { MayOverride = true };

    public static RuleBreak? Is(CopyFacts copy, CopyState state) => copy.State == state ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.CopyState, $"Copy {copy.Barcode} is not {state.Words()}; it is {copy.State.Words()}.");

    /// <summary>After a return: nobody has taken the copy since.</summary>
    public static RuleBreak? HasStayed(CopyFacts copy) => copy.State is CopyState.Available or CopyState.SetAside ? null
        : new RuleBreak(RefusalKind.Conflict, RuleCode.CopyState, $"Copy {copy.Barcode} is {copy.State.Words()} by now, so its return cannot be undone.");

    static RuleBreak Wrong(CopyFacts copy, string remedy) =>
        new(RefusalKind.Conflict, RuleCode.CopyState, $"Copy {copy.Barcode} is {copy.State.Words()}. {remedy}");
}
