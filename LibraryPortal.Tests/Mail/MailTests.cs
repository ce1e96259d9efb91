using System.Text;
using LibraryPortal.Data;
using LibraryPortal.Data.Mail;
using LibraryPortal.Jobs;
using LibraryPortal.Mail;
using LibraryPortal.Mail.Templates;
using LibraryPortal.Mail.Transports;
using LibraryPortal.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Tests.Mail;

public sealed class MailTests : IAsyncLifetime
{
    static readonly MailDraft Draft = new()
    {
        To = "reader@example.org",
        Subject = "Ihr Bücherbericht",
        Kind = "report.ready",
        Why = "you asked for it",
        Paragraphs = ["<script>alert(1)</script> & more"],
        Facts = [new MailFact("Rows", "12")],
        Action = new MailAction("Download", "https://library.example.org/exports/1?a=1&b=2"),
    };

    readonly ServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();
    readonly ScriptedJobs _jobs = new();
    TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Add_BeforeSaving_WritesNeitherMailNorJob()
    {
        await using (var database = _database.Open())
            await Queue().AddAsync(database, Draft);
        await using var after = _database.Open();
        Assert.Empty(await after.Mail.ToListAsync());
        Assert.Empty(await after.Outbox.ToListAsync());
    }

    [Fact]
    public async Task Add_WithTextFromPeople_ShowsItAsText()
    {
        var mail = await AddAsync(Draft);
        Assert.DoesNotContain("<script>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script> & more", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://library.example.org/exports/1?a=1&b=2", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("https://library.example.org/exports/1?a=1&amp;b=2", mail.HtmlBody, StringComparison.Ordinal);
        await using var database = _database.Open();
        Assert.Single(await database.Outbox.ToListAsync());
    }

    [Theory]
    [InlineData("a@example.org\r\nBcc: b@example.org", "fine")]
    [InlineData("a@example.org, b@example.org", "fine")]
    [InlineData("Name <a@example.org>", "fine")]
    [InlineData("not an address", "fine")]
    [InlineData("a@example.org", "fine\r\nBcc: b@example.org")]
    [InlineData("a@example.org", "fine\nBcc: b@example.org")]
    [InlineData("a@example.org", " ")]
    public async Task Add_WithAHeaderThatIsMoreThanOne_IsRefused(string to, string subject)
    {
        await using var database = _database.Open();
        await Assert.ThrowsAsync<ArgumentException>(() => Queue().AddAsync(database, Draft with { To = to, Subject = subject }));
    }

    [Fact]
    public async Task Send_WithoutAServer_WritesOneReadableFile()
    {
        var mail = await AddAsync(Draft);
        var directory = Path.Combine(_database.Directory, "mail");
        var job = Job(new FileTransport(directory));
        await RunAsync(job, mail);
        await RunAsync(job, mail);

        var text = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(directory)));
        Assert.Contains("To: reader@example.org\r\n", text, StringComparison.Ordinal);
        Assert.Contains($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(Draft.Subject))}?=", text, StringComparison.Ordinal);
        Assert.Contains(Draft.Action!.Url, text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
    }

    [Fact]
    public async Task Send_OverSmtp_ArrivesOnceWithBothParts()
    {
        await using var sink = new SmtpSink();
        var mail = await AddAsync(Draft);
        var job = Job(Smtp(sink.Port));
        await RunAsync(job, mail);
        await RunAsync(job, mail);

        var raw = Assert.Single(sink.Mails);
        Assert.Contains("To: reader@example.org", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("From: \"Town Library\" <library@example.org>", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("text/plain", raw, StringComparison.Ordinal);
        Assert.Contains("text/html", raw, StringComparison.Ordinal);
        Assert.Contains($"<{mail.Id:N}@libraryportal>", raw, StringComparison.Ordinal);
        var row = await ReadAsync(mail.Id);
        Assert.Equal(MailState.Sent, row.State);
        Assert.Equal(1, row.Attempts);
        Assert.NotEmpty(row.TextBody);
    }

    [Fact]
    public async Task Send_OfASecret_KeepsNothingOfIt()
    {
        await using var sink = new SmtpSink();
        var mail = await AddAsync(Draft with { IsSensitive = true });
        await RunAsync(Job(Smtp(sink.Port)), mail);
        var row = await ReadAsync(mail.Id);
        Assert.Equal(("", ""), (row.TextBody, row.HtmlBody));
        Assert.Single(sink.Mails);
    }

    [Fact]
    public async Task Send_WhileTheServerIsOut_IsTriedAgainAndThenArrives()
    {
        var mail = await AddAsync(Draft);
        using var silent = new HeldPort();
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(Job(Smtp(silent.Number)), mail));
        var waiting = await ReadAsync(mail.Id);
        Assert.Equal((MailState.Queued, 1), (waiting.State, waiting.Attempts));
        Assert.Contains("127.0.0.1", waiting.Error, StringComparison.Ordinal);

        await using var sink = new SmtpSink();
        await RunAsync(Job(Smtp(sink.Port)), mail);
        Assert.Single(sink.Mails);
        Assert.Null((await ReadAsync(mail.Id)).Error);
    }

    [Theory]
    [InlineData("550 no such mailbox", true)]
    [InlineData("451 try later", false)]
    public async Task Send_ToAnAddressTheServerRefuses_GivesUpOnlyWhenItIsForGood(string reply, bool isFinal)
    {
        await using var sink = new SmtpSink { RecipientReply = reply };
        var mail = await AddAsync(Draft);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(Job(Smtp(sink.Port)), mail));
        Assert.Equal(isFinal, error is JobFailedException);
        Assert.Equal(isFinal ? MailState.Failed : MailState.Queued, (await ReadAsync(mail.Id)).State);
        Assert.Empty(sink.Mails);
    }

    [Fact]
    public async Task Clean_DeletesOldRecordsButNothingThatStillWaits()
    {
        var clock = new ManualClock();
        var (old, waiting, young) = (Row(clock, 91, MailState.Sent), Row(clock, 91, MailState.Queued), Row(clock, 89, MailState.Sent));
        await _database.AddAsync(old, waiting, young);
        var cleaner = new MailCleaner(_database.Contexts, Options.Create(new MailOptions()), clock, NullLogger<MailCleaner>.Instance);
        Assert.Equal(1, await cleaner.RunOnceAsync(default));
        await using var database = _database.Open();
        Assert.Equal(new[] { waiting.Id, young.Id }.Order(), (await database.Mail.Select(mail => mail.Id).ToListAsync()).Order());
    }

    [Theory]
    [InlineData("host", "465", "a@b.example", "465")]
    [InlineData("host", "587", "", "Mail:Smtp:From is ''")]
    [InlineData("host", "587", "nobody", "Mail:Smtp:From is 'nobody'")]
    [InlineData("host", "70000", "a@b.example", "Mail:Smtp:Port is 70000")]
    public void Settings_ThatCannotWork_AreNamed(string host, string port, string from, string expected)
    {
        var options = new MailOptions { Smtp = new SmtpOptions { Host = host, Port = int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), From = from } };
        var result = new MailOptionsCheck().Validate(null, options);
        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_WithAPasswordButNoEncryption_AreRefused()
    {
        var options = new MailOptions { Smtp = new SmtpOptions { Host = "h", From = "a@b.example", User = "u", Password = "p", Tls = SmtpTls.None } };
        Assert.Contains("Mail:Smtp:Tls is None", new MailOptionsCheck().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    MailQueue Queue() => new(_jobs, new MailRenderer(_services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance), TimeProvider.System);

    SendMailJob Job(IMailTransport transport) => new(_database.Contexts, transport, TimeProvider.System);

    static async Task RunAsync(SendMailJob job, MailMessage mail)
    {
        using var run = new InlineJob();
        await job.RunAsync(new SendMail(mail.Id), run);
    }

    static SmtpTransport Smtp(int port) => new(
        Options.Create(new MailOptions { Smtp = new SmtpOptions { Host = "127.0.0.1", Port = port, From = "Town Library <library@example.org>", Tls = SmtpTls.None } }),
        TimeProvider.System);

    async Task<MailMessage> AddAsync(MailDraft draft)
    {
        await using var database = _database.Open();
        var id = await Queue().AddAsync(database, draft);
        await database.SaveChangesAsync();
        return await ReadAsync(id);
    }

    async Task<MailMessage> ReadAsync(Guid id)
    {
        await using var database = _database.Open();
        return await database.Mail.AsNoTracking().SingleAsync(mail => mail.Id == id);
    }

    static MailMessage Row(TimeProvider clock, int daysOld, MailState state) => new()
    {
        Id = Guid.CreateVersion7(),
        To = "a@example.org",
        Subject = "s",
        TextBody = "",
        HtmlBody = "",
        Kind = "k",
        Why = "w",
        IsSensitive = false,
        CreatedAt = clock.GetUtcNow().AddDays(-daysOld),
        State = state,
    };
}
