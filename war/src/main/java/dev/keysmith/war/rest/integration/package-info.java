/** Resources for identity providers and the plugins that reach them. */
@NullMarked
package dev.keysmith.war.rest.integration;

import org.jspecify.annotations.NullMarked;
