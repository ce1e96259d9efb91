using LibraryPortal.Jobs.Schedules;

namespace LibraryPortal.Tests.Jobs.Schedules;

public sealed class ScheduleSentenceTests
{
    [Theory]
    [InlineData("30 7 * * 1-5", "every weekday at 07:30")]
    [InlineData("0 0 * * *", "every day at 00:00")]
    [InlineData("* * * * *", "every minute")]
    [InlineData("*/15 * * * *", "every 15 minutes")]
    [InlineData("0,15,30,45 * * * *", "every 15 minutes")]
    [InlineData("0 * * * *", "every hour")]
    [InlineData("5 * * * *", "every hour at 5 minutes past")]
    [InlineData("1 */6 * * *", "every day at 00:01, 06:01, 12:01 and 18:01")]
    [InlineData("1 */2 * * *", "every 2 hours at 1 minute past")]
    [InlineData("*/7 * * * *", "every hour at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56")]
    [InlineData("0 9-17 * * MON,THU", "every hour from 09:00 to 17:00, every Monday and Thursday")]
    [InlineData("*/20 9-17 * * *", "every 20 minutes, from 09:00 to 17:40")]
    [InlineData("*/10 1,3,4,5 * * *", "every 10 minutes, in the hours 1 and 3 to 5")]
    [InlineData("0 8,18 * * 6,0", "every Saturday and Sunday at 08:00 and 18:00")]
    [InlineData("0 8 * * 0", "every Sunday at 08:00")]
    [InlineData("0 6 1 * *", "on the 1st of every month at 06:00")]
    [InlineData("0 6 1-7,15,22 * *", "on the 1st to 7th, 15th and 22nd of every month at 06:00")]
    [InlineData("0 6 1 1,7 *", "on the 1st of January and July at 06:00")]
    [InlineData("0 6 * 6-8 *", "every day in June to August at 06:00")]
    [InlineData("0 6 * 12 MON", "every Monday in December at 06:00")]
    [InlineData("0 0 13 * 5", "on the 13th of every month and every Friday at 00:00")]
    [InlineData("0 0 */30 * 1,3", "on the 1st and 31st of every month where that is a Monday or Wednesday at 00:00")]
    [InlineData("0 0 1-31 * 1", "every day at 00:00")]
    public void Of_ACronRule_SaysItInWords(string cron, string sentence) =>
        Assert.Equal($"{sentence}, Europe/Berlin", ScheduleSentence.Of(ScheduleRule.Cron(cron, "Europe/Berlin")));

    [Theory]
    [InlineData(1, "every second")]
    [InlineData(60, "every minute")]
    [InlineData(300, "every 5 minutes")]
    [InlineData(5400, "every 1 hour and 30 minutes")]
    [InlineData(86_400, "every day")]
    [InlineData(93_784, "every 1 day, 2 hours, 3 minutes and 4 seconds")]
    public void Of_AnInterval_SaysItInWords(int seconds, string sentence) =>
        Assert.Equal(sentence, ScheduleSentence.Of(ScheduleRule.Every(TimeSpan.FromSeconds(seconds))));

    [Fact]
    public void Of_ARuleThatCannotBeRead_ShowsIt() => Assert.Equal("61 * * * *, UTC", ScheduleSentence.Of(ScheduleRule.Cron("61 * * * *")));
}
