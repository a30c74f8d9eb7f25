/** The REST API: resources under /api, thin over core, in a package for each feature. */
@NullMarked
package dev.keysmith.war.rest;

import org.jspecify.annotations.NullMarked;
