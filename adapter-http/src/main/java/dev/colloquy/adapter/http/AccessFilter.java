package dev.colloquy.adapter.http;

import dev.colloquy.adapter.http.access.AccessControl;
import dev.colloquy.adapter.http.access.Caller;
import dev.colloquy.adapter.http.problem.Problem;
import dev.colloquy.adapter.http.problem.ProblemType;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who belongs. It decides before the store is asked anything, so that an answer never tells whether a
 * conversation exists. What has no user data ({@code /health}, the description of the API) is open to all.
 */
record AccessFilter(AccessControl access) implements Filter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String BEARER = "bearer ";

    @Override
    public Response filter(Request request, Handler next) {
        String template = request.route().map(route -> route.template().text()).orElse("/v1/");
        boolean open = !template.startsWith("/v1/") && !template.equals("/metrics");
        if (open) {
            return next.handle(request);
        }
        Caller caller = request.header("Authorization")
                .flatMap(AccessFilter::token)
                .flatMap(access::recognise)
                .orElseThrow(AccessFilter::unauthorized);
        if (!isAllowed(caller, request)) {
            throw Problem.of(ProblemType.FORBIDDEN, "the token is valid, but not for this")
                    .asException();
        }
        return next.handle(request.by(caller.name()));
    }

    private static boolean isAllowed(Caller caller, Request request) {
        if (request.route().isEmpty()) {
            // There is nothing here to protect; the answer says what there is instead.
            return true;
        }
        Caller.Scope scope = READING.contains(request.method()) ? Caller.Scope.READ : Caller.Scope.WRITE;
        @Nullable String agent = request.path().get("agent");
        @Nullable String user = request.path().get("user");
        if (agent == null) {
            // The metrics of the whole service: for those who may read the conversations of every user.
            return caller.user() == null && caller.scopes().contains(Caller.Scope.READ);
        }
        return user == null ? caller.mayAll(scope, agent) : caller.may(scope, agent, user);
    }

    private static Optional<String> token(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? Optional.of(authorization.substring(BEARER.length()).strip()) : Optional.empty();
    }

    private static RuntimeException unauthorized() {
        return Problem.of(ProblemType.UNAUTHORIZED, "send a valid token in the header Authorization: Bearer …")
                .withHeader("WWW-Authenticate", "Bearer")
                .asException();
    }
}
