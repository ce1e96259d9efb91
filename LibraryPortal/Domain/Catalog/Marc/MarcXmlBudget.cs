namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>
/// Lets an XML reader take so many bytes and no more until the budget is renewed. The reader has no limit of its own that fits a long file of
/// short records, and would otherwise collect a name or an attribute of any length in memory.
/// </summary>
internal sealed class MarcXmlBudget(Stream stream, int budget) : Stream
{
    int _spent;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Begins a new record.</summary>
    public void Renew() => _spent = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Spend(await stream.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Spend(stream.Read(buffer, offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    int Spend(int count)
    {
        _spent += count;
        return _spent <= budget ? count : throw new InvalidDataException("One record is longer than the limit.");
    }
}
