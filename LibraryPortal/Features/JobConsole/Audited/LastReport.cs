namespace LibraryPortal.Features.JobConsole.Audited;

/// <summary>Keeps what was last reported of a step that goes on in parts.</summary>
internal sealed class LastReport<T> : IProgress<T> where T : class
{
    /// <summary>Null while no part is done.</summary>
    public T? Value { get; private set; }

    public void Report(T value) => Value = value;
}
