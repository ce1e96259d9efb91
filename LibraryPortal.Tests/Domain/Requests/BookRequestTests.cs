using LibraryPortal.Domain.Catalog;
using LibraryPortal.Domain.Loans;
using LibraryPortal.Domain.Requests;
using LibraryPortal.Tests.Support;

namespace LibraryPortal.Tests.Domain.Requests;

/// <summary>The table of transitions: every step from every state, allowed or refused.</summary>
public sealed class BookRequestTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly LendingTerms Terms = new();

    public static TheoryData<RequestState, string, RequestState?> Steps()
    {
        var allowed = new Dictionary<(RequestState, string), RequestState>
        {
            [(RequestState.Pending, "approve")] = RequestState.Queued,
            [(RequestState.Pending, "decline")] = RequestState.Declined,
            [(RequestState.Pending, "cancel")] = RequestState.Cancelled,
            [(RequestState.Queued, "set aside")] = RequestState.Ready,
            [(RequestState.Queued, "cancel")] = RequestState.Cancelled,
            [(RequestState.Ready, "lend")] = RequestState.OnLoan,
            [(RequestState.Ready, "cancel")] = RequestState.Cancelled,
            [(RequestState.OnLoan, "return")] = RequestState.Completed,
        };
        var data = new TheoryData<RequestState, string, RequestState?>();
        foreach (var state in (RequestState[])[RequestState.Pending, RequestState.Queued, RequestState.Ready, RequestState.OnLoan,
            RequestState.Completed, RequestState.Declined, RequestState.Cancelled])
        {
            foreach (var step in (string[])["approve", "decline", "cancel", "set aside", "lend", "return"])
                data.Add(state, step, allowed.TryGetValue((state, step), out var next) ? next : null);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_FromEachState_LeadsWhereTheTableSays(RequestState from, string step, RequestState? to)
    {
        var scene = new Scene(from);
        var version = scene.Request.Version;

        var isAllowed = scene.Do(step);

        Assert.Equal(to is not null, isAllowed);
        Assert.Equal(to ?? from, scene.Request.State);
        Assert.Equal(to is not null, scene.Request.Version > version);
    }

    [Fact]
    public void Lend_SetsTheDueDateToTheEndOfTheTwentyFirstDay()
    {
        var scene = new Scene(RequestState.OnLoan);
        Assert.Equal(new DateTimeOffset(2026, 3, 23, 23, 59, 59, TimeSpan.Zero), scene.Loan!.DueAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 23, 59, 59, TimeSpan.Zero), scene.Request.CollectBy);
    }

    [Fact]
    public void Lend_WhenThePatronHasTenBooks_IsRefused()
    {
        var scene = new Scene(RequestState.Ready);
        TestLibrary.Refused(Loan.Lend(scene.Request, scene.Copy, 10, Terms, Now), "loans");
        Assert.Equal(RequestState.Ready, scene.Request.State);
    }

    [Fact]
    public void Cancel_WhenReady_PutsTheCopyBackOnTheShelf()
    {
        var scene = new Scene(RequestState.Ready);
        Assert.True(scene.Do("cancel"));
        Assert.Equal(CopyState.Available, scene.Copy.State);
        Assert.Null(scene.Request.CopyId);
    }

    [Theory]
    [InlineData(RequestState.Pending, "pending")]
    [InlineData(RequestState.Queued, "pending")]
    [InlineData(RequestState.Ready, "approved")]
    [InlineData(RequestState.OnLoan, "approved")]
    [InlineData(RequestState.Completed, "returned")]
    [InlineData(RequestState.Declined, null)]
    public void ClassicWord_IsOneOfThree(RequestState state, string? word) => Assert.Equal(word, state.ClassicWord());

    /// <summary>A request brought into a state by the steps that lead there.</summary>
    sealed class Scene
    {
        static readonly Dictionary<RequestState, string[]> Ways = new()
        {
            [RequestState.Pending] = [],
            [RequestState.Queued] = ["approve"],
            [RequestState.Ready] = ["approve", "set aside"],
            [RequestState.OnLoan] = ["approve", "set aside", "lend"],
            [RequestState.Completed] = ["approve", "set aside", "lend", "return"],
            [RequestState.Declined] = ["decline"],
            [RequestState.Cancelled] = ["cancel"],
        };

        public Scene(RequestState state)
        {
            var title = new Title(new TitleDetails { Name = "Emma" }, Now);
            Copy = title.AddCopy("C000001");
            Request = TestLibrary.Allowed(BookRequest.Place(TestLibrary.Allowed(RequestedBook.Of(title)), "ada", 1, new PatronStanding(0, 0, null), Terms, Now));
            foreach (var step in Ways[state])
                Assert.True(Do(step));
        }

        public BookRequest Request { get; }

        public Copy Copy { get; }

        public Loan? Loan { get; private set; }

        public bool Do(string step)
        {
            switch (step)
            {
                case "approve":
                    return Request.Approve(Now).IsAllowed;
                case "decline":
                    return Request.Decline("It is being rebound.", Now).IsAllowed;
                case "cancel":
                    return Request.Cancel(Copy, Now).IsAllowed;
                case "set aside":
                    return Request.SetAside(Copy, Terms, Now).IsAllowed;
                case "lend":
                    var lent = Loan.Lend(Request, Copy, 0, Terms, Now);
                    Loan = lent.Value ?? Loan;
                    return lent.IsAllowed;
                default:
                    return (Loan?.Return(Copy, Request, Now).IsAllowed) ?? false;
            }
        }
    }
}
