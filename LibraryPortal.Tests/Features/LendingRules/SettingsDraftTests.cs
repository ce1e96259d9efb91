using LibraryPortal.Domain.Calendar;
using LibraryPortal.Domain.Settings;
using LibraryPortal.Features.LendingRules;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LibraryPortal.Tests.Features.LendingRules;

/// <summary>The form of the library's settings while somebody else stores others.</summary>
public sealed class SettingsDraftTests
{
    [Fact]
    public async Task Untouched_IsSavedWithoutAWord_AndTypedIsRefusedOnce()
    {
        await using var library = await TestLibrary.CreateAsync();
        await using var database = library.Open();
        var stored = await database.Settings.AsNoTracking().SingleAsync();
        var draft = new SettingsDraft();
        draft.Follow(stored);

        draft.Follow(TestLibrary.Allowed(stored.Change("Town Library", null, OpeningDays.MondayToSaturday.Days, 30)));
        Assert.Equal(("Town Library", stored.Version), (draft.Name.Value, draft.Version));

        draft.Days[DayOfWeek.Sunday].Value = true;
        var shown = draft.Version;
        draft.Follow(TestLibrary.Allowed(stored.Change("Our library", null, OpeningDays.MondayToSaturday.Days, 30)));
        Assert.Equal(("Our library", shown), (draft.Name.Value, draft.Version));
        draft.Insist();
        Assert.Equal(stored.Version, draft.Version);
    }
}
