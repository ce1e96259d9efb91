namespace LibraryPortal.Features.Loans;

/// <summary>The lists of loans.</summary>
public enum LoanTab
{
    /// <summary>Every copy that is out.</summary>
    Out,

    /// <summary>Due within three days.</summary>
    DueSoon,

    /// <summary>Past their date.</summary>
    Overdue,

    /// <summary>Reported lost, and not given up.</summary>
    Lost,
}
