/** Resources for workflows and their applications. */
@NullMarked
package dev.keysmith.war.rest.workflow;

import org.jspecify.annotations.NullMarked;
