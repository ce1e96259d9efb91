using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LibraryPortal.Domain.Catalog.Marc;

namespace LibraryPortal.Tests.Domain.Catalog.Marc;

public sealed class Iso2709ReaderTests
{
    static readonly byte[] Good = MarcSamples.Bytes(MarcSamples.Hobbit);

    [Fact]
    public void Read_WhenRecordIsSound_GivesEveryFieldAsWritten()
    {
        var reading = Assert.Single(MarcSamples.ReadIso(Good));
        Assert.Empty(reading.Problems);
        Assert.Equal(MarcSamples.Hobbit.ToString(), MarcSamples.WithoutMeasures(reading.Record!).ToString());
        Assert.Equal("Record 1, byte 0", reading.Place.ToString());
    }

    [Fact]
    public void Read_WhenRecordsAreApart_FindsEachWithItsPlace()
    {
        var readings = MarcSamples.ReadIso([0xEF, 0xBB, 0xBF, .. Good, (byte)'\r', (byte)'\n', .. Good, 0x1A, 0, 0]);
        Assert.Equal(2, readings.Count(reading => reading.Record is not null));
        Assert.Equal([3L, 3L + Good.Length + 2], readings.Select(reading => reading.Place.Position));
    }

    [Theory]
    [InlineData("00000", "WrongLength")]
    [InlineData("99999", "WrongLength")]
    [InlineData("0012a", "NotARecord")]
    public void Read_WhenLengthIsWrong_SkipsTheRecordAndGoesOn(string length, string kind)
    {
        var bad = Good.ToArray();
        Encoding.ASCII.GetBytes(length, bad);
        AssertSkipsSecond(bad, kind);
    }

    [Theory]
    [InlineData(12, "99999", "BadLeader")]
    [InlineData(12, "abcde", "BadLeader")]
    [InlineData(12, "00000", "BadLeader")]
    [InlineData(12, "00030", "BadDirectory")]
    [InlineData(24, "2 4", "BadDirectory")]
    [InlineData(27, "9999", "BadDirectory")]
    [InlineData(27, "0001", "BadDirectory")]
    [InlineData(27, "0000", "BadDirectory")]
    [InlineData(31, "99999", "BadDirectory")]
    [InlineData(5, "\u0001", "BadLeader")]
    public void Read_WhenLeaderOrDirectoryIsWrong_SkipsTheRecordAndGoesOn(int at, string text, string kind)
    {
        var bad = Good.ToArray();
        Encoding.ASCII.GetBytes(text, bad.AsSpan(at));
        AssertSkipsSecond(bad, kind);
    }

    [Fact]
    public void Read_WhenBytesAreMissingInside_SkipsTheRecordAndGoesOn() => AssertSkipsSecond([.. Good[..60], .. Good[70..]], "WrongLength");

    [Fact]
    public void Read_WhenRecordTerminatorIsLost_LosesOnlyThatRecord() => AssertSkipsSecond(Good[..^1], "MissingTerminator");

    [Fact]
    public void Read_WhenRecordTerminatorIsOverwritten_LosesOnlyThatRecord() => AssertSkipsSecond([.. Good[..^1], (byte)' '], "MissingTerminator");

    [Fact]
    public void Read_WhenFileEndsInside_ReportsTheRest()
    {
        var readings = MarcSamples.ReadIso([.. Good, .. Good[..100]]);
        Assert.NotNull(readings[0].Record);
        Assert.Null(readings[1].Record);
        var problem = Assert.Single(readings[1].Problems);
        Assert.Equal(MarcProblemKind.Truncated, problem.Kind);
        Assert.Equal($"The record says it has {Good.Length} bytes, but the file ends after 100 without a record terminator.", problem.Message);
    }

    [Fact]
    public void Read_WhenRecordIsLongerThanTheFormat_SkipsItWhole()
    {
        byte[] tooLong = [.. "99999nam a22"u8, .. Enumerable.Repeat((byte)'x', 700_000), 0x1D];
        AssertSkipsSecond(tooLong, "TooLong");
    }

    [Fact]
    public void Read_WhenOneFieldIsUnreadable_KeepsTheRest()
    {
        var record = MarcSamples.Hobbit with { DataFields = [.. MarcSamples.Hobbit.DataFields, new("590", ' ', ' ', [])] };
        var reading = Assert.Single(MarcSamples.ReadIso(MarcSamples.Bytes(record)));
        Assert.Equal(4, reading.Record!.DataFields.Count);
        Assert.Equal("Field 590 has no readable subfields and is left out.", Assert.Single(reading.Problems).Message);
    }

    [Fact]
    public void Read_WhenUtf8IsInvalid_ReplacesAndReports()
    {
        var record = MarcSamples.Book("245  $aXY");
        var reading = Assert.Single(MarcSamples.ReadIso(MarcSamples.Bytes(record, text => [.. Encoding.ASCII.GetBytes(text[..1]), 0xE9, (byte)'Z'])));
        Assert.Equal("X\uFFFDZ", reading.Record!.DataFields[0].First('a'));
        Assert.Equal("Field 245: 1 character could not be read (not UTF-8); \uFFFD stands in its place.", Assert.Single(reading.Problems).Message);
    }

    [Fact]
    public void Read_WhenLeaderSaysMarc8ButTextIsUtf8_ReadsUtf8AndSaysSo()
    {
        var record = MarcSamples.Book("245  $aŁódź, élan");
        var reading = Assert.Single(MarcSamples.ReadIso(MarcSamples.Bytes(record with { Leader = "00000nam  2200000 a 4500" })));
        Assert.Equal("Łódź, élan", reading.Record!.DataFields[0].First('a'));
        Assert.Equal("The leader says MARC-8, but the text is UTF-8 and was read as that.", Assert.Single(reading.Problems).Message);
    }

    [Fact]
    public void Read_WhenTextIsDecomposed_Composes()
    {
        var reading = Assert.Single(MarcSamples.ReadIso(MarcSamples.Bytes(MarcSamples.Book("245  $ae\u0301lan"))));
        Assert.Equal("\u00E9lan", reading.Record!.DataFields[0].First('a'));
    }

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameRecords() =>
        Prop.ForAll(MarcGenerators.Records.ToArbitrary(), records =>
        {
            var readings = MarcSamples.ReadIso([.. records.SelectMany(record => MarcSamples.Bytes(record))]);
            return readings.All(reading => reading.Problems.Count == 0)
                && readings.Select(reading => MarcSamples.WithoutMeasures(reading.Record!).ToString()).SequenceEqual(records.Select(record => record.ToString()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_WhenFileIsDamagedAtRandom_EndsAndExplains() =>
        Prop.ForAll(MarcGenerators.Damage.ToArbitrary(), MarcGenerators.Records.ToArbitrary(), (damage, records) =>
        {
            var leader = records.Count % 2 == 0 ? MarcRecord.BookLeader : "00000nam  2200000 a 4500";
            var file = damage([.. records.SelectMany(record => MarcSamples.Bytes(record with { Leader = leader }))]);
            var readings = MarcSamples.ReadIso(file);
            return readings.Count <= file.Length
                && readings.All(reading => reading.Record is not null || reading.Problems.Count > 0)
                && readings.Zip(readings.Skip(1)).All(pair => pair.First.Place.Position < pair.Second.Place.Position);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Read_WhenFileIsNoise_EndsAndExplains()
    {
        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            var noise = new byte[random.Next(3000)];
            random.NextBytes(noise);
            Assert.All(MarcSamples.ReadIso(noise), reading => Assert.NotEmpty(reading.Problems));
        }
    }

    static void AssertSkipsSecond(byte[] bad, string kind)
    {
        var readings = MarcSamples.ReadIso([.. Good, .. bad, .. Good]);
        Assert.Equal(3, readings.Count);
        Assert.NotNull(readings[0].Record);
        Assert.Null(readings[1].Record);
        Assert.Equal(kind, readings[1].Problems[^1].Kind.ToString());
        Assert.Equal((2, Good.Length), (readings[1].Place.Number, readings[1].Place.Position));
        Assert.NotNull(readings[2].Record);
    }
}
