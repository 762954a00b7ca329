/** The JSON of requests and answers; the only place that knows Jackson. */
@NullMarked
package dev.colloquy.adapter.http.json;

import org.jspecify.annotations.NullMarked;
