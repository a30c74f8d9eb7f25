package dev.keysmith.war.progress;

/**
 * How far some long work is, all of it: a caller who missed earlier ones needs only the last.
 *
 * @param state what the caller is told; a record, sent as JSON
 * @param finished whether nothing more will come
 */
public record Progress(Object state, boolean finished) {}
