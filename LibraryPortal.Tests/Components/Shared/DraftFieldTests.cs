using LibraryPortal.Components.Shared;

namespace LibraryPortal.Tests.Components.Shared;

/// <summary>What one types while others store something else.</summary>
public sealed class DraftFieldTests
{
    readonly DraftField<string> _name = new("Name");

    public DraftFieldTests() => _name.Begin("The library");

    [Fact]
    public void Untouched_FollowsWhatIsStored()
    {
        Assert.False(_name.Follow("The library"));
        Assert.True(_name.Follow("Town Library"));
        Assert.Equal(("Town Library", null), (_name.Value, _name.Contest));
    }

    [Fact]
    public void Typed_Stays_AndSaysWhatIsStored()
    {
        _name.Value = "Our library";
        Assert.True(_name.Follow("Town Library"));
        Assert.Equal(("Our library", "Name “Town Library”"), (_name.Value, _name.Contest));
        Assert.Equal("Someone else changed this meanwhile. What you typed is still here; save again to keep it. Stored now: Name “Town Library”.", DraftWords.Say(_name.Contest, null));
        _name.Follow(null);
        Assert.Equal("no Name", _name.Contest);
        _name.Follow("Our library");
        Assert.Null(_name.Contest);
    }

    [Fact]
    public void Typed_WhileNobodyElseStoresAnything_IsNoContest()
    {
        _name.Value = "Our library";
        Assert.False(_name.Follow("The library"));
        Assert.Equal(("Our library", null), (_name.Value, _name.Contest));
        _name.Begin("Our library");
        Assert.Equal(("Our library", null), (_name.Value, _name.Contest));
    }
}
