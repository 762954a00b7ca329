package dev.colloquy.adapter.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/** How this package uses Jackson: streaming only, so that nothing is bound by reflection. */
final class Json {

    // The bodies of this service are four levels deep. Texts are bounded by the size of the body.
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(8)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    /** Buffers come from a shared pool: with virtual threads a pool per thread would be one per connection. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            // Otherwise an emoji comes out as two escapes of six bytes each.
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            // Jackson's table of names is shared, and fails for all if a caller makes up many with one hash code.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .build();

    private Json() {}
}
