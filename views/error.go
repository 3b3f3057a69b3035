package views

import "net/http"

// explanation is what pages say of a status that the failure itself does not say.
type explanation struct{ title, advice string }

var explanations = map[int]explanation{
	http.StatusBadRequest:         {"That request makes no sense here", "Check the address. What a query may look like stands in the advanced search."},
	http.StatusUnauthorized:       {"Sign in first", "This part of the service needs a user name and a password."},
	http.StatusForbidden:          {"Not allowed", "What you asked needs a permission that your request did not carry."},
	http.StatusNotFound:           {"Not found", "The address may be mistyped, or the document is not in the index. Look for it by its identifier, or by words of its title."},
	http.StatusMethodNotAllowed:   {"That cannot be done here", "The address exists, but not for this kind of request."},
	http.StatusTooManyRequests:    {"Too many requests", "Wait a moment, then try again."},
	http.StatusBadGateway:         {"Another service did not answer", "What you asked comes from elsewhere, and that place does not answer just now. Try again in some minutes."},
	http.StatusServiceUnavailable: {"Back in a moment", "The index cannot be reached just now. This page will work again without your doing; try again shortly."},
}

var unexpected = explanation{"Something went wrong", "The fault is ours, and it was reported. Try again; if it stays, write to us."}

// explained fills in what an error leaves to its status.
func explained(m Error) Error {
	known, ok := explanations[m.Status]
	if !ok {
		known = unexpected
	}
	if m.Title == "" {
		m.Title = known.title
	}
	if m.Advice == "" {
		m.Advice = known.advice
	}
	return m
}
