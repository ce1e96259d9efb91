using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores;

/// <summary>What named limits allow. A store lets no more jobs run, or start, than the rule that holds; a limit without a rule allows everything.</summary>
public interface ILimitStore
{
    /// <summary>Sets or forgets the rule of a limit, and lets jobs go that waited for it.</summary>
    /// <param name="rule">Null forgets it.</param>
    /// <param name="byOperator">An operator's rule goes before the declared one.</param>
    Task SetLimitAsync(string name, LimitRule? rule, bool byOperator, CancellationToken cancellationToken);

    /// <summary>The limits that have a rule, by name.</summary>
    Task<IReadOnlyList<LimitRecord>> ListLimitsAsync(CancellationToken cancellationToken);
}
