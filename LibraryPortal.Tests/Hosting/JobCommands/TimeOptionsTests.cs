using System.CommandLine;
using System.Globalization;
using LibraryPortal.Features.JobConsole;
using LibraryPortal.Hosting.JobCommands;

namespace LibraryPortal.Tests.Hosting.JobCommands;

public sealed class TimeOptionsTests
{
    [Theory]
    [InlineData("250ms", "00:00:00.2500000")]
    [InlineData("30s", "00:00:30")]
    [InlineData("5m", "00:05:00")]
    [InlineData("2h", "02:00:00")]
    [InlineData("1d", "1.00:00:00")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("90s", "00:01:30")]
    [InlineData("00:00:30", "00:00:30")]
    [InlineData("0:10:00.5", "00:10:00.5000000")]
    [InlineData("2.03:00:00", "2.03:00:00")]
    [InlineData("36500d", "36500.00:00:00")]
    public void Duration_IsANumberWithItsUnit_OrAClock(string text, string duration)
    {
        Assert.True(DurationText.TryRead(text, out var read));
        Assert.Equal(TimeSpan.Parse(duration, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("")]
    [InlineData("-5m")]
    [InlineData("-00:00:30")]
    [InlineData("1.5h")]
    [InlineData("5 m")]
    [InlineData("30m1h")]
    [InlineData("5m\n")]
    [InlineData("10:30")]
    [InlineData("25:00:00")]
    [InlineData("999999999d")]
    [InlineData("99999.00:00:00")]
    public void Duration_ThatSaysTwoThings_OrNone_IsRefused(string text) => Assert.False(DurationText.TryRead(text, out _));

    [Theory]
    [InlineData("2026-11-22", "2026-11-22T00:00:00Z")]
    [InlineData("2026-11-22T08:00", "2026-11-22T08:00:00Z")]
    [InlineData("2026-11-22T08:00Z", "2026-11-22T08:00:00Z")]
    [InlineData("2026-11-22T08:00:30.5+01:00", "2026-11-22T07:00:30.5Z")]
    [InlineData("2026-11-22 08:00:30Z", "2026-11-22T08:00:30Z")]
    public void Moment_WithoutAnOffset_IsUtc(string text, string moment)
    {
        var option = TimeOptions.Moment("--from", "From then.");

        var parsed = new RootCommand { option }.Parse(["--from", text]);

        Assert.Empty(parsed.Errors);
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), parsed.GetValue(option));
    }

    [Theory]
    [InlineData("11/12/2026")]
    [InlineData("08:00")]
    [InlineData("tomorrow")]
    public void Moment_InAnotherForm_IsRefused(string text)
    {
        var parsed = new RootCommand { TimeOptions.Moment("--from", "From then.") }.Parse(["--from", text]);

        Assert.StartsWith($"--from is '{text}'; expected a date or a moment such as 2026-11-22", Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jobs enqueue mail.send --in 5")]
    [InlineData("jobs history --longer 5")]
    [InlineData("jobs history --shorter 5")]
    [InlineData("limits set mail --starts 10 --per 5")]
    [InlineData("jobs enqueue mail.send --at 5")]
    [InlineData("jobs history --from 5")]
    [InlineData("jobs history --to 5")]
    [InlineData("jobs retry --all --from 5")]
    [InlineData("jobs discard --all --to 5")]
    [InlineData("schedules backfill nightly --from 5 --to 2026-11-22")]
    public async Task EveryTimeOfACommand_IsReadSo(string command)
    {
        var words = command.Split(' ');

        var (code, output, errors) = await LibraryPortal.Tests.Support.InlineCommand.RunAsync(words);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(" is '5'; expected ", errors, StringComparison.Ordinal);
    }
}
