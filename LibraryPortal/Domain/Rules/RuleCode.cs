namespace LibraryPortal.Domain.Rules;

/// <summary>The names of the rules as clients see them. They are part of the API and never change.</summary>
public static class RuleCode
{
    public const string AccountClosed = "account-closed";
    public const string AccountBlocked = "account-blocked";
    public const string Overdue = "overdue";
    public const string OpenRequests = "open-requests";
    public const string RequestsPerDay = "requests-per-day";
    public const string AlreadyRequested = "already-requested";
    public const string AlreadyOnLoan = "already-on-loan";
    public const string TitleNotHeld = "title-not-held";
    public const string NoLendableCopy = "no-lendable-copy";
    public const string NoFreeCopy = "no-free-copy";
    public const string NotFirst = "not-first-in-queue";
    public const string NeededUntil = "needed-until";
    public const string RequestState = "request-state";
    public const string PauseTooShort = "pause-too-short";
    public const string PauseTooLong = "pause-too-long";
    public const string NotExpired = "not-expired";
    public const string LibraryClosed = "library-closed";
    public const string UndoTooLate = "undo-too-late";
    public const string ReasonEmpty = "reason-empty";
    public const string ReasonTooLong = "reason-too-long";
    public const string Loans = "loans";
    public const string NotYourUndo = "not-your-undo";
    public const string LoanLost = "loan-lost";
    public const string LoanChanged = "loan-changed";
    public const string LoanReturned = "loan-returned";
    public const string Renewals = "renewals";
    public const string RenewalWindow = "renewal-window";
    public const string RenewalGainsNothing = "renewal-gains-nothing";
    public const string OthersWait = "others-wait";
    public const string CopyState = "copy-state";
    public const string CopyKeptForOther = "copy-kept-for-other";
    public const string OtherCopy = "other-copy";
    public const string MayNotOverride = "may-not-override";
}
