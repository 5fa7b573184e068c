package desk

type corrections struct{ path string }

func (c *corrections) refresh() error { return nil }
