using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace LibraryPortal.Jobs.Flows;

/// <summary>Reads an expression such as <c>title => new IndexTitle(title, "en")</c>: the arguments as they are without the result, and the member that takes it.</summary>
internal static class ResultTaker
{
    const string Expected = "expected a new record that takes the result whole, such as 'title => new IndexTitle(title)'";

    /// <exception cref="ArgumentException">The expression is something else.</exception>
    public static (IJobArgs Args, string? Into) Read(LambdaExpression lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        var result = lambda.Parameters[0];
        var takers = FindTakers(Strip(lambda.Body), result);
        if (takers.Count > 1 || new UseCounter(result).Count(lambda.Body) != takers.Count)
            throw new ArgumentException($"'{lambda}' does something else with the result of the step before; {Expected}.", nameof(lambda));
        var args = MakeArgs(lambda, result);
        return (args, takers.Count == 0 ? null : NameInJson(args.GetType(), takers[0]));
    }

    static List<PropertyInfo> FindTakers(Expression body, ParameterExpression result)
    {
        List<PropertyInfo> takers = [];
        var made = body as NewExpression;
        if (body is MemberInitExpression init)
        {
            made = init.NewExpression;
            takers.AddRange(init.Bindings.OfType<MemberAssignment>()
                .Where(binding => Strip(binding.Expression) == result)
                .Select(static binding => binding.Member)
                .OfType<PropertyInfo>());
        }

        if (made?.Constructor is not { } constructor)
            return takers;
        var parameters = constructor.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (Strip(made.Arguments[i]) == result && PropertyFor(parameters[i], made.Type) is { } property)
                takers.Add(property);
        }

        return takers;
    }

    // A record's parameter and its property share their name; a class may write them in different cases.
    static PropertyInfo? PropertyFor(ParameterInfo parameter, Type type) =>
        type.GetProperty(parameter.Name!, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    static IJobArgs MakeArgs(LambdaExpression lambda, ParameterExpression result)
    {
        var body = new Replacer(result).Visit(lambda.Body);
        var make = Expression.Lambda<Func<IJobArgs>>(Expression.Convert(body, typeof(IJobArgs))).Compile(preferInterpretation: true);
        return make() ?? throw new ArgumentException($"'{lambda}' makes no arguments; {Expected}.", nameof(lambda));
    }

    static string NameInJson(Type args, PropertyInfo property) =>
        JobJson.Options.GetTypeInfo(args).Properties.FirstOrDefault(known => IsOf(known, property) && IsRead(known))?.Name
        ?? throw new ArgumentException($"{args.Name}.{property.Name} is not read from JSON, so it cannot take the result of the step before.", nameof(property));

    static bool IsOf(JsonPropertyInfo known, PropertyInfo property) => known.AttributeProvider is MemberInfo member && member.Name == property.Name;

    // What is ignored is known all the same, with neither; what has no setter may be a parameter of the constructor.
    static bool IsRead(JsonPropertyInfo known) => known.Set is not null || (known.Get is not null && known.AssociatedParameter is not null);

    static Expression Strip(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert } convert && SameJson.Is(convert.Operand.Type, convert.Type) ? Strip(convert.Operand) : expression;

    sealed class Replacer(ParameterExpression result) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == result ? Expression.Default(result.Type) : node;
    }

    sealed class UseCounter(ParameterExpression result) : ExpressionVisitor
    {
        int _count;

        public int Count(Expression body)
        {
            Visit(body);
            return _count;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            if (node == result)
                _count++;
            return node;
        }
    }
}
