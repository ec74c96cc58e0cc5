using GeoCivic.Http;

namespace GeoCivic.Accounts;

/// <summary>The roles that may make a call, as endpoint metadata.</summary>
internal sealed record AllowedRoles(Role[] Roles);

/// <summary>A change to the caller's own session or tokens, open to every role, as endpoint metadata.</summary>
internal sealed record OwnAffairs;

/// <summary>A question with a body: nothing is changed by it, though it is not a GET. As endpoint metadata.</summary>
internal sealed record Question;

/// <summary>Who may make which call.</summary>
public static class Access
{
    /// <summary>Only these roles may make the call; where, the operation checks itself.</summary>
    public static TBuilder For<TBuilder>(this TBuilder route, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AllowedRoles(roles));

    /// <summary>Every role may make the call, though it changes something: it concerns the caller's own session or tokens.</summary>
    public static TBuilder ForOwnAffairs<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new OwnAffairs());

    /// <summary>The call only asks: it is noted like a read, in a batch that the next call does not wait for.</summary>
    public static TBuilder Asks<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Question());

    /// <summary>Refuses calls by their metadata; after authentication and authorization.</summary>
    public static void UseAccess(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (context.GetEndpoint() is { } endpoint && Caller.Of(context) is { } caller)
                {
                    Check(endpoint.Metadata, context.Request.Method, caller);
                }

                return next(context);
            }
        );

    private static void Check(EndpointMetadataCollection metadata, string method, Caller caller)
    {
        if (
            metadata.GetMetadata<AllowedRoles>() is { } allowed
            && !Array.Exists(allowed.Roles, caller.Has)
        )
        {
            throw new ProblemException(
                Problems.Forbidden,
                $"This call needs the role {string.Join(" or ", allowed.Roles.Select(r => r.ToName()))}."
            );
        }

        var reads = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (!reads && !caller.MayWrite)
        {
            throw new ProblemException(Problems.Forbidden, "This token only reads.");
        }

        if (metadata.GetMetadata<OwnAffairs>() is not null && caller.Via is not CallerVia.Session)
        {
            throw new ProblemException(
                Problems.Forbidden,
                "A token manages neither sessions nor tokens; sign in as a person."
            );
        }
    }
}
