package dev.colloquy.adapter.http.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One occurrence of an error, as RFC 9457 describes it. Immutable.
 *
 * @param type which kind of error
 * @param detail what happened, without message content
 * @param members further members of the object, in order
 * @param headers further headers of the answer
 */
public record Problem(ProblemType type, String detail, List<Member> members, List<Header> headers) {

    /**
     * A further member of the problem's object.
     *
     * @param name the name
     * @param value a {@link String}, {@link Integer} or {@link Long}
     */
    public record Member(String name, Object value) {}

    /**
     * A header that goes with the problem.
     *
     * @param name the name
     * @param value the value
     */
    public record Header(String name, String value) {}

    public Problem {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(detail, "detail");
        members = List.copyOf(members);
        headers = List.copyOf(headers);
    }

    /** A problem with no more to say than its detail. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), List.of());
    }

    /** The same, naming the field at fault and what is allowed there. */
    public Problem at(String field, String allowed) {
        return with("field", field).with("allowed", allowed);
    }

    /** The same with a further member. */
    public Problem with(String name, Object value) {
        List<Member> more = new ArrayList<>(members);
        more.add(new Member(name, value));
        return new Problem(type, detail, more, headers);
    }

    /** The same with a header. */
    public Problem withHeader(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Problem(type, detail, members, more);
    }

    /** This problem as an exception. */
    public ProblemException asException() {
        return new ProblemException(this);
    }
}
